module responses-conformance/driver

go 1.24
