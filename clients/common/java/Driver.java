import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The Java side of the driver protocol: one JSON object a line. */
public final class Driver {
  public static final ObjectMapper JSON = new ObjectMapper();
  public static final String KEY = System.getenv("CLIENT_API_KEY");
  public static final int MOST_TURNS = 4;
  private static final int MOST_MESSAGE = 500;
  private static final JsonNode TASKS = readTasks();

  /** What the product asks. */
  public record Question(String baseUrl, String model) {}

  /** Performs one scenario with the client; what it throws is the result. */
  public interface Scenario {
    Map<String, Object> perform(Question question) throws Exception;
  }

  /**
   * What is driven. `packages` are the beginnings of the names of the client's classes. `statusOf` finds the HTTP
   * status of a refusal, 0 where there is none.
   */
  public record Client(
      String name,
      String module,
      List<String> depends,
      List<String> packages,
      Function<Throwable, Integer> statusOf,
      Map<String, Scenario> scenarios) {}

  private Driver() {}

  public static String text(String name) {
    return TASKS.get("texts").get(name).asText();
  }

  public static List<String> numbers() {
    var numbers = new ArrayList<String>();
    TASKS.get("texts").get("numbers").forEach(one -> numbers.add(one.asText()));
    return numbers;
  }

  /** A member of the tasks: `tool`, `answer`, `picture`. */
  public static JsonNode task(String name) {
    return TASKS.get(name);
  }

  /** The tool. */
  public static String runTool(String city) {
    return TASKS.get("tool").get("result").asText().replace("{city}", city);
  }

  /** A value to tell: names and values in turn; null is told as null. */
  public static Map<String, Object> value(Object... members) {
    var value = new LinkedHashMap<String, Object>();
    for (int i = 0; i < members.length; i += 2) value.put((String) members[i], members[i + 1]);
    return value;
  }

  /** Answers until its input ends. */
  public static void serve(Client client) throws IOException {
    var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    // What libraries print goes to stderr.
    System.setOut(System.err);
    var version = versionOf(client.module());
    if (version != null) warmUp(client);
    out.println(JSON.writeValueAsString(value("hello", hello(client, version))));
    if (version == null) System.exit(3);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = in.readLine()) != null; ) {
      var message = JSON.readTree(line);
      if (message.path("end").asBoolean()) break;
      out.println(JSON.writeValueAsString(answer(client, message)));
    }
    // Pools of threads would keep it alive.
    System.exit(0);
  }

  /** The first answer takes a virtual machine seconds; no limit of a scenario counts for them. */
  private static void warmUp(Client client) throws IOException {
    var bytes = ANSWER.getBytes(StandardCharsets.UTF_8);
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
    server.start();
    var question = new Question("http://127.0.0.1:" + server.getAddress().getPort() + "/v1", "warm-up");
    for (var scenario : List.of("text", "stream", "structured")) {
      try {
        client.scenarios().get(scenario).perform(question);
      } catch (Exception expected) {
        // Nothing rests on it.
      }
    }
    server.stop(0);
  }

  private static final String ANSWER = """
      {"id":"resp_1","object":"response","created_at":1,"model":"warm-up","status":"completed",
       "output":[{"id":"msg_1","type":"message","role":"assistant","status":"completed",
        "content":[{"type":"output_text","text":"{\\"word\\":\\"kestrel\\"}","annotations":[]}]}],
       "parallel_tool_calls":true,"tool_choice":"auto","tools":[],
       "usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}""";

  private static Map<String, Object> hello(Client client, String version) {
    var depends = new LinkedHashMap<String, Object>();
    for (var module : client.depends()) depends.put(module, String.valueOf(versionOf(module)));
    return value(
        "protocol", 1, "client", client.name(), "package", "maven:" + client.module().replace(':', '/'),
        "version", version, "language", "java", "runtime", "Java " + System.getProperty("java.version"),
        "depends", depends, "scenarios", client.scenarios().keySet(), "slowness", 2);
  }

  /** By the name of its archive on the class path; null where it is not there. */
  private static String versionOf(String module) {
    var beginning = module.substring(module.indexOf(':') + 1) + "-";
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      var name = new File(entry).getName();
      if (name.startsWith(beginning) && name.substring(beginning.length()).matches("\\d.*\\.jar")) {
        return name.substring(beginning.length(), name.length() - ".jar".length());
      }
    }
    return null;
  }

  private static Map<String, Object> answer(Client client, JsonNode message) {
    var id = message.get("id").asInt();
    var name = message.path("scenario").asText();
    var scenario = client.scenarios().get(name);
    if (scenario == null) return value("id", id, "skipped", "there is no scenario " + name);
    try {
      var question = new Question(message.get("base_url").asText(), message.get("model").asText());
      return value("id", id, "value", scenario.perform(question));
    } catch (Throwable thrown) {
      return value("id", id, "error", tell(client, thrown));
    }
  }

  private static Map<String, Object> tell(Client client, Throwable thrown) {
    var told = value("name", thrown.getClass().getSimpleName(), "message", cut(thrown.getMessage()));
    var innermost = thrown;
    var chain = new ArrayList<String>();
    while (innermost.getCause() != null && chain.size() < 4) {
      innermost = innermost.getCause();
      chain.add(innermost.getClass().getSimpleName() + ": " + cut(innermost.getMessage()));
    }
    if (!chain.isEmpty()) told.put("chain", chain);
    var where = placeOf(client, innermost);
    if (where == null) where = placeOf(client, thrown);
    if (where != null) told.put("where", where);
    var status = client.statusOf().apply(thrown);
    if (status >= 400) told.put("status", status);
    return told;
  }

  private static String placeOf(Client client, Throwable thrown) {
    for (var frame : thrown.getStackTrace()) {
      if (client.packages().stream().anyMatch(frame.getClassName()::startsWith)) {
        return frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber();
      }
    }
    return null;
  }

  private static String cut(String message) {
    var text = String.valueOf(message);
    return text.substring(0, Math.min(MOST_MESSAGE, text.length()));
  }

  private static JsonNode readTasks() {
    try {
      // At its installation nobody names the file.
      var named = System.getenv("CLIENT_SCENARIOS");
      return JSON.readTree(new File(named == null ? "../scenarios.json" : named));
    } catch (IOException problem) {
      System.err.println("CLIENT_SCENARIOS: " + problem);
      System.exit(1);
      return null;
    }
  }
}
