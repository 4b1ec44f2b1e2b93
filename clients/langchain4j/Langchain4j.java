import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpClientBuilderLoader;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiResponsesChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiResponsesStreamingChatModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Drives langchain4j's models for Responses, with its own HTTP client: Java's, which asks for h2c. */
public class Langchain4j {
  static final Duration LIMIT = Duration.ofSeconds(15);

  /** Sends one request, gives the whole response, and collects what a person sees meanwhile. */
  interface Ask {
    ChatResponse ask(Driver.Question question, ChatRequest request, StringBuilder live) throws Exception;
  }

  static HttpClientBuilder http() {
    return HttpClientBuilderLoader.loadHttpClientBuilder().connectTimeout(LIMIT).readTimeout(LIMIT);
  }

  static ChatResponse askOnce(Driver.Question question, ChatRequest request, StringBuilder live) {
    return OpenAiResponsesChatModel.builder()
        .httpClientBuilder(http()).baseUrl(question.baseUrl()).apiKey(Driver.KEY).modelName(question.model())
        .strictTools(true).strictJsonSchema(true).store(true).build().chat(request);
  }

  static ChatResponse askStreamed(Driver.Question question, ChatRequest request, StringBuilder live)
      throws Exception {
    var model = OpenAiResponsesStreamingChatModel.builder()
        .httpClientBuilder(http()).baseUrl(question.baseUrl()).apiKey(Driver.KEY).modelName(question.model())
        .strictTools(true).strictJsonSchema(true).store(true).build();
    var end = new CompletableFuture<ChatResponse>();
    model.chat(request, new StreamingChatResponseHandler() {
      @Override
      public void onPartialResponse(String text) {
        live.append(text);
      }

      @Override
      public void onCompleteResponse(ChatResponse response) {
        end.complete(response);
      }

      @Override
      public void onError(Throwable error) {
        end.completeExceptionally(error);
      }
    });
    try {
      return end.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }

  static boolean isMetered(ChatResponse response) {
    var usage = response.tokenUsage();
    return usage != null && isPositive(usage.inputTokenCount()) && isPositive(usage.outputTokenCount());
  }

  static boolean isPositive(Integer number) {
    return number != null && number > 0;
  }

  static String finishOf(ChatResponse response) {
    return response.finishReason() == null ? null : response.finishReason().toString();
  }

  static ChatRequest request(ChatMessage... messages) {
    return ChatRequest.builder().messages(messages).build();
  }

  static ChatMessage user(String text) {
    return UserMessage.from(Driver.text(text));
  }

  static Map<String, Object> tell(Driver.Question question, Ask by, boolean isStream) throws Exception {
    var live = new StringBuilder();
    var response = by.ask(question, request(user("sentence")), live);
    var value = Driver.value(
        "text", response.aiMessage().text(), "finish", finishOf(response), "usage", isMetered(response));
    if (isStream) value.put("live", live.toString());
    return value;
  }

  static Map<String, Object> tools(Driver.Question question, Ask by, boolean isStream) throws Exception {
    var tool = Driver.task("tool");
    var specification = ToolSpecification.builder()
        .name(tool.get("name").asText())
        .description(tool.get("description").asText())
        .parameters(JsonObjectSchema.builder()
            .addStringProperty("city").required("city").additionalProperties(false).build())
        .build();
    var messages = new ArrayList<ChatMessage>(List.of(user("weather")));
    var calls = new ArrayList<>();
    var live = new StringBuilder();
    for (int turn = 0; turn < Driver.MOST_TURNS; turn++) {
      var asked = ChatRequest.builder().messages(messages).toolSpecifications(specification).build();
      var response = by.ask(question, asked, live);
      AiMessage answer = response.aiMessage();
      messages.add(answer);
      if (!answer.hasToolExecutionRequests()) {
        var value = Driver.value("calls", calls, "text", answer.text(), "usage", isMetered(response));
        if (isStream) value.put("live", live.toString());
        return value;
      }
      for (var call : answer.toolExecutionRequests()) {
        var city = Driver.JSON.readTree(call.arguments()).get("city").asText();
        calls.add(Driver.value("city", city));
        messages.add(ToolExecutionResultMessage.from(call, Driver.runTool(city)));
      }
    }
    throw new IllegalStateException("the model did not stop calling tools");
  }

  static ResponseFormat format() {
    var words = new ArrayList<String>();
    var answer = Driver.task("answer");
    answer.at("/schema/properties/word/enum").forEach(word -> words.add(word.asText()));
    var schema = JsonObjectSchema.builder()
        .addEnumProperty("word", words).required("word").additionalProperties(false).build();
    return ResponseFormat.builder().type(ResponseFormatType.JSON)
        .jsonSchema(JsonSchema.builder().name(answer.get("name").asText()).rootElement(schema).build()).build();
  }

  static Map<String, Object> structured(Driver.Question question, Ask by, ChatMessage... messages)
      throws Exception {
    var asked = ChatRequest.builder().messages(messages).responseFormat(format()).build();
    return object(by.ask(question, asked, new StringBuilder()));
  }

  static Map<String, Object> object(ChatResponse response) throws Exception {
    var word = Driver.JSON.readTree(response.aiMessage().text()).get("word").asText();
    return Driver.value("object", Driver.value("word", word));
  }

  static ChatMessage told() {
    return UserMessage.from(Driver.text("secret") + " " + Driver.text("question"));
  }

  static Map<String, Object> multiTurn(Driver.Question question) throws Exception {
    var first = askOnce(question, request(user("secret")), new StringBuilder());
    return structured(question, Langchain4j::askOnce, user("secret"), first.aiMessage(), user("question"));
  }

  static Map<String, Object> chained(Driver.Question question) throws Exception {
    var first = askOnce(question, request(user("secret")), new StringBuilder());
    var parameters = OpenAiResponsesChatRequestParameters.builder()
        .modelName(question.model()).previousResponseId(first.id()).responseFormat(format()).build();
    var asked = ChatRequest.builder().messages(user("question")).parameters(parameters).build();
    return object(askOnce(question, asked, new StringBuilder()));
  }

  static Map<String, Object> image(Driver.Question question) {
    var picture = Driver.task("picture").asText();
    var message = UserMessage.from(
        TextContent.from(Driver.text("picture_question")),
        new ImageContent(picture.substring(picture.indexOf(',') + 1), "image/png"));
    var response = askOnce(question, request(message), new StringBuilder());
    return Driver.value("text", response.aiMessage().text());
  }

  static int statusOf(Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpException refused) return refused.statusCode();
    }
    return 0;
  }

  public static void main(String[] arguments) throws Exception {
    var scenarios = new LinkedHashMap<String, Driver.Scenario>();
    scenarios.put("text", question -> tell(question, Langchain4j::askOnce, false));
    scenarios.put("stream", question -> tell(question, Langchain4j::askStreamed, true));
    scenarios.put("tools", question -> tools(question, Langchain4j::askOnce, false));
    scenarios.put("stream-tools", question -> tools(question, Langchain4j::askStreamed, true));
    scenarios.put("structured", question -> structured(question, Langchain4j::askOnce, told()));
    scenarios.put("stream-structured", question -> structured(question, Langchain4j::askStreamed, told()));
    scenarios.put("multi-turn", Langchain4j::multiTurn);
    scenarios.put("chained", Langchain4j::chained);
    scenarios.put("image", Langchain4j::image);
    Driver.serve(new Driver.Client(
        "langchain4j",
        "dev.langchain4j:langchain4j-open-ai",
        List.of(
            "dev.langchain4j:langchain4j-core",
            "dev.langchain4j:langchain4j-http-client-jdk",
            "com.fasterxml.jackson.core:jackson-databind"),
        List.of("dev.langchain4j."),
        Langchain4j::statusOf,
        scenarios));
  }
}
