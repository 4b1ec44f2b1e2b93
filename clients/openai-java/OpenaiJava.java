import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.conversations.items.ItemListParams;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputContent;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseInputText;
import com.openai.models.responses.ResponseRetrieveParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.StructuredResponse;
import com.openai.models.responses.inputitems.InputItemListParams;
import com.openai.models.responses.inputtokens.InputTokenCountParams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Drives openai-java, the official SDK, with its own OkHttp client. */
public class OpenaiJava {
  public enum Word { walnut, kestrel, ember, unknown }

  public static class Answer { public Word word; }

  public static class City { public String city; }

  /** Sends one request, gives the whole response, and collects what a person sees meanwhile. */
  interface Ask {
    Response ask(OpenAIClient client, ResponseCreateParams body, StringBuilder live) throws Exception;
  }

  static final Map<String, OpenAIClient> CLIENTS = new HashMap<>();

  static OpenAIClient open(Driver.Question question) {
    return CLIENTS.computeIfAbsent(question.baseUrl(), url -> OpenAIOkHttpClient.builder()
        .baseUrl(url).apiKey(Driver.KEY).maxRetries(0).timeout(Duration.ofSeconds(15)).build());
  }

  static ResponseCreateParams.Builder body(Driver.Question question) {
    return ResponseCreateParams.builder().model(question.model());
  }

  static Response askOnce(OpenAIClient client, ResponseCreateParams body, StringBuilder live) {
    return client.responses().create(body);
  }

  static Response askStreamed(OpenAIClient client, ResponseCreateParams body, StringBuilder live) {
    return finish(client.responses().createStreaming(body), live).response();
  }

  static ResponseAccumulator finish(StreamResponse<ResponseStreamEvent> events, StringBuilder live) {
    var accumulator = ResponseAccumulator.create();
    try (events) {
      events.stream().peek(accumulator::accumulate).forEach(event -> {
        event.outputTextDelta().ifPresent(delta -> live.append(delta.delta()));
        event.error().ifPresent(error -> { throw new IllegalStateException("error: " + error.message()); });
        event.failed().ifPresent(failed -> {
          throw new IllegalStateException("response.failed: " + failed.response().error());
        });
      });
    }
    return accumulator;
  }

  static String textOf(Response response) {
    var text = new StringBuilder();
    for (var item : response.output()) {
      item.message().ifPresent(message ->
          message.content().forEach(part -> part.outputText().ifPresent(one -> text.append(one.text()))));
    }
    return text.toString();
  }

  static String statusOf(Response response) {
    return response.status().map(ResponseStatus::asString).orElse(null);
  }

  /** What a bill would be made from; a number that is absent or none is thrown when it is read. */
  static boolean isMetered(Response response) {
    try {
      return response.usage().filter(usage ->
          usage.inputTokens() > 0 && usage.outputTokens() > 0 && usage.totalTokens() > 0).isPresent();
    } catch (RuntimeException absent) {
      return false;
    }
  }

  static Map<String, Object> tell(Driver.Question question, Ask by, boolean isStream) throws Exception {
    var live = new StringBuilder();
    var response = by.ask(open(question), body(question).input(Driver.text("sentence")).build(), live);
    var value = Driver.value(
        "text", textOf(response), "status", statusOf(response), "usage", isMetered(response));
    if (isStream) value.put("live", live.toString());
    return value;
  }

  static Map<String, Object> iterate(Driver.Question question) {
    var text = new StringBuilder();
    var value = Driver.value("ended", null);
    var asked = body(question).input(Driver.text("sentence")).build();
    try (var events = open(question).responses().createStreaming(asked)) {
      events.stream().forEach(event -> {
        event.outputTextDelta().ifPresent(delta -> text.append(delta.delta()));
        event.completed().ifPresent(completed -> {
          value.put("ended", statusOf(completed.response()));
          value.put("usage", isMetered(completed.response()));
        });
      });
    }
    value.put("text", text.toString());
    return value;
  }

  static ResponseInputItem message(String content) {
    return ResponseInputItem.ofEasyInputMessage(
        EasyInputMessage.builder().role(EasyInputMessage.Role.USER).content(content).build());
  }

  /** The items of an answer as input. */
  static List<ResponseInputItem> sendable(Response response) {
    var items = new ArrayList<ResponseInputItem>();
    for (var item : response.output()) {
      item.functionCall().ifPresent(call -> items.add(ResponseInputItem.ofFunctionCall(call)));
      item.reasoning().ifPresent(reasoning -> items.add(ResponseInputItem.ofReasoning(reasoning)));
      item.message().ifPresent(message -> items.add(ResponseInputItem.ofResponseOutputMessage(message)));
    }
    return items;
  }

  static Map<String, Object> tools(Driver.Question question, Ask by) throws Exception {
    var tool = Driver.task("tool");
    var function = FunctionTool.builder()
        .name(tool.get("name").asText())
        .description(tool.get("description").asText())
        .parameters(JsonValue.fromJsonNode(tool.get("parameters")).convert(FunctionTool.Parameters.class))
        .strict(true)
        .build();
    var items = new ArrayList<>(List.of(message(Driver.text("weather"))));
    var calls = new ArrayList<>();
    for (int turn = 0; turn < Driver.MOST_TURNS; turn++) {
      var asked = body(question).inputOfResponse(items).addTool(function).build();
      var response = by.ask(open(question), asked, new StringBuilder());
      items.addAll(sendable(response));
      boolean isCalled = false;
      for (var item : response.output()) {
        if (!item.isFunctionCall()) continue;
        isCalled = true;
        var call = item.asFunctionCall();
        var city = call.arguments(City.class).city;
        calls.add(Driver.value("city", city));
        items.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
            .callId(call.callId()).output(Driver.runTool(city)).build()));
      }
      if (!isCalled) {
        return Driver.value("calls", calls, "text", textOf(response), "usage", isMetered(response));
      }
    }
    throw new IllegalStateException("the model did not stop calling tools");
  }

  static Map<String, Object> object(StructuredResponse<Answer> response) {
    for (var item : response.output()) {
      if (item.message().isEmpty()) continue;
      for (var part : item.message().get().content()) {
        if (part.outputText().isPresent()) {
          return Driver.value("object", Driver.value("word", part.outputText().get().word.name()));
        }
      }
    }
    throw new IllegalStateException("there is no structured text");
  }

  static Map<String, Object> structured(Driver.Question question, ResponseCreateParams.Builder body) {
    return object(open(question).responses().create(body.text(Answer.class).build()));
  }

  static ResponseCreateParams.Builder told(Driver.Question question) {
    return body(question).input(Driver.text("secret") + " " + Driver.text("question"));
  }

  static Map<String, Object> streamStructured(Driver.Question question) {
    var events = open(question).responses().createStreaming(told(question).text(Answer.class).build());
    return object(finish(events, new StringBuilder()).response(Answer.class));
  }

  static Map<String, Object> multiTurn(Driver.Question question) {
    var items = new ArrayList<>(List.of(message(Driver.text("secret"))));
    items.addAll(sendable(open(question).responses().create(body(question).inputOfResponse(items).build())));
    items.add(message(Driver.text("question")));
    return structured(question, body(question).inputOfResponse(items));
  }

  static Map<String, Object> chained(Driver.Question question) {
    var first = open(question).responses().create(body(question).input(Driver.text("secret")).build());
    return structured(question, body(question).input(Driver.text("question")).previousResponseId(first.id()));
  }

  static Map<String, Object> image(Driver.Question question) {
    var text = ResponseInputText.builder().text(Driver.text("picture_question")).build();
    var picture = ResponseInputImage.builder()
        .detail(ResponseInputImage.Detail.AUTO).imageUrl(Driver.task("picture").asText()).build();
    var message = ResponseInputItem.ofMessage(ResponseInputItem.Message.builder()
        .role(ResponseInputItem.Message.Role.USER)
        .content(List.of(ResponseInputContent.ofInputText(text), ResponseInputContent.ofInputImage(picture)))
        .build());
    var response = open(question).responses().create(body(question).inputOfResponse(List.of(message)).build());
    return Driver.value("text", textOf(response));
  }

  static Map<String, Object> conversation(Driver.Question question) {
    var client = open(question);
    var id = client.conversations().create().id();
    client.responses().create(body(question).conversation(id).input(Driver.text("secret")).build());
    var value = structured(question, body(question).conversation(id).input(Driver.text("question")));
    var page = client.conversations().items().list(
        id, ItemListParams.builder().limit(2).order(ItemListParams.Order.ASC).build());
    value.put("items", page.data().stream().map(item -> item.isMessage() ? "message" : "other").toList());
    client.conversations().delete(id);
    return value;
  }

  static Map<String, Object> kept(Driver.Question question) {
    var responses = open(question).responses();
    var items = Driver.numbers().stream().map(OpenaiJava::message).toList();
    var first = responses.create(body(question).inputOfResponse(items).build());
    var again = responses.retrieve(first.id());
    var texts = new ArrayList<String>();
    var listed = responses.inputItems().list(
        first.id(), InputItemListParams.builder().limit(1).order(InputItemListParams.Order.ASC).build());
    for (var item : listed.autoPager()) {
      texts.add(item.asResponseInputMessageItem().content().get(0).asInputText().text());
    }
    responses.delete(first.id());
    int gone = 0;
    try {
      responses.retrieve(first.id());
    } catch (NotFoundException notFound) {
      gone = notFound.statusCode();
    }
    return Driver.value("same", textOf(again).equals(textOf(first)), "items", texts, "gone", gone);
  }

  static Map<String, Object> background(Driver.Question question) throws InterruptedException {
    var responses = open(question).responses();
    var begun = responses.create(body(question).input(Driver.text("sentence")).background(true).build());
    var polled = begun;
    while (List.of("queued", "in_progress").contains(statusOf(polled))) {
      Thread.sleep(50);
      polled = responses.retrieve(begun.id());
    }
    return Driver.value("begun", statusOf(begun), "ended", statusOf(polled), "text", textOf(polled));
  }

  static Map<String, Object> cancel(Driver.Question question) {
    var responses = open(question).responses();
    var begun = responses.create(body(question).input(Driver.text("count")).background(true).build());
    return Driver.value("status", statusOf(responses.cancel(begun.id())));
  }

  static Map<String, Object> resume(Driver.Question question) {
    var responses = open(question).responses();
    var text = new StringBuilder();
    String id = null;
    long last = -1;
    var asked = body(question).input(Driver.text("sentence")).background(true).build();
    try (var events = responses.createStreaming(asked)) {
      var each = events.stream().iterator();
      while (text.isEmpty() && each.hasNext()) {
        var event = each.next();
        if (event.isCreated()) {
          id = event.asCreated().response().id();
          last = event.asCreated().sequenceNumber();
        }
        event.outputTextDelta().ifPresent(delta -> text.append(delta.delta()));
        if (event.isOutputTextDelta()) last = event.asOutputTextDelta().sequenceNumber();
      }
    }
    var rest = ResponseRetrieveParams.builder().responseId(id).startingAfter(last).build();
    var response = finish(responses.retrieveStreaming(rest), text).response();
    return Driver.value("text", text.toString(), "ended", statusOf(response));
  }

  static Map<String, Object> replay(Driver.Question question) {
    var responses = open(question).responses();
    var asked = body(question).input(Driver.text("sentence")).background(true).build();
    var id = finish(responses.createStreaming(asked), new StringBuilder()).response().id();
    var response = finish(responses.retrieveStreaming(id), new StringBuilder()).response();
    return Driver.value("text", textOf(response), "status", statusOf(response));
  }

  static Map<String, Object> count(Driver.Question question) {
    var counted = open(question).responses().inputTokens().count(
        InputTokenCountParams.builder().model(question.model()).input(Driver.text("sentence")).build());
    return Driver.value("counted", counted.inputTokens() > 0);
  }

  public static void main(String[] arguments) throws Exception {
    var scenarios = new LinkedHashMap<String, Driver.Scenario>();
    scenarios.put("text", question -> tell(question, OpenaiJava::askOnce, false));
    scenarios.put("iterate", OpenaiJava::iterate);
    scenarios.put("stream", question -> tell(question, OpenaiJava::askStreamed, true));
    scenarios.put("tools", question -> tools(question, OpenaiJava::askOnce));
    scenarios.put("stream-tools", question -> tools(question, OpenaiJava::askStreamed));
    scenarios.put("structured", question -> structured(question, told(question)));
    scenarios.put("stream-structured", OpenaiJava::streamStructured);
    scenarios.put("multi-turn", OpenaiJava::multiTurn);
    scenarios.put("chained", OpenaiJava::chained);
    scenarios.put("image", OpenaiJava::image);
    scenarios.put("conversation", OpenaiJava::conversation);
    scenarios.put("kept", OpenaiJava::kept);
    scenarios.put("background", OpenaiJava::background);
    scenarios.put("cancel", OpenaiJava::cancel);
    scenarios.put("resume", OpenaiJava::resume);
    scenarios.put("replay", OpenaiJava::replay);
    scenarios.put("count", OpenaiJava::count);
    Driver.serve(new Driver.Client(
        "openai-java",
        "com.openai:openai-java",
        List.of("com.squareup.okhttp3:okhttp", "com.fasterxml.jackson.core:jackson-databind"),
        List.of("com.openai."),
        thrown -> thrown instanceof OpenAIServiceException refused ? refused.statusCode() : 0,
        scenarios));
  }
}
