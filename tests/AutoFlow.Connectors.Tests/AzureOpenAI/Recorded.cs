using System.Text.Json;

namespace AutoFlow.Connectors.Tests.AzureOpenAI;

/// <summary>Answers in the shape of the v1 endpoint of Azure OpenAI, written for these tests.</summary>
internal static class Recorded
{
    /// <summary>An answer of the model that was asked for.</summary>
    public static string Success(string content) => Completion("stop", JsonSerializer.Serialize(content), "null", Safe);

    /// <summary>The model declines (structured outputs tell it apart from an answer).</summary>
    public static readonly string Refusal = Completion("stop", "null", "\"I'm sorry, I can't assist with that request.\"", Safe);

    /// <summary>The answer reached its limit of tokens.</summary>
    public static readonly string Truncated = Completion("length", """
        "{\"intents\":[{\"label\":\"order_sta"
        """, "null", Safe);

    /// <summary>The filter stopped the answer.</summary>
    public static readonly string AnswerFiltered = Completion("content_filter", "\"\"", "null", """
        { "hate": { "filtered": false, "severity": "safe" }, "self_harm": { "filtered": false, "severity": "safe" },
          "sexual": { "filtered": false, "severity": "safe" }, "violence": { "filtered": true, "severity": "medium" } }
        """);

    /// <summary>Status 400: the filter stopped the prompt.</summary>
    public const string PromptFiltered = """
        { "error": {
            "message": "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry. To learn more about our content filtering policies please read our documentation: https://go.microsoft.com/fwlink/?linkid=2198766",
            "type": null, "param": "prompt", "code": "content_filter", "status": 400,
            "innererror": { "code": "ResponsibleAIPolicyViolation", "content_filter_result": {
                "hate": { "filtered": false, "severity": "safe" }, "jailbreak": { "filtered": true, "detected": true },
                "self_harm": { "filtered": false, "severity": "safe" }, "sexual": { "filtered": false, "severity": "safe" },
                "violence": { "filtered": true, "severity": "medium" } } } } }
        """;

    /// <summary>Status 400: a parameter that the model does not know.</summary>
    public const string BadRequest = """
        { "error": { "message": "Unsupported parameter: 'reasoning_effort' is not supported with this model.", "type": "invalid_request_error", "param": "reasoning_effort", "code": "unsupported_parameter" } }
        """;

    /// <summary>Status 429.</summary>
    public const string TooMany = """
        { "error": { "code": "429", "message": "Requests to the ChatCompletions_Create Operation under Azure OpenAI API have exceeded token rate limit of your current pricing tier. Please retry after 7 seconds." } }
        """;

    /// <summary>Status 401.</summary>
    public const string Unauthorized = """
        { "error": { "code": "401", "message": "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource." } }
        """;

    /// <summary>Status 404.</summary>
    public const string NoDeployment = """
        { "error": { "code": "DeploymentNotFound", "message": "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again." } }
        """;

    /// <summary>Status 500.</summary>
    public const string ServerError = """
        { "error": { "message": "The server had an error processing your request. Sorry about that!", "type": "server_error", "param": null, "code": null } }
        """;

    private const string Safe = """
        { "hate": { "filtered": false, "severity": "safe" }, "self_harm": { "filtered": false, "severity": "safe" },
          "sexual": { "filtered": false, "severity": "safe" }, "violence": { "filtered": false, "severity": "safe" } }
        """;

    private static string Completion(string finishReason, string content, string refusal, string filter) => $$"""
        { "choices": [ {
            "content_filter_results": {{filter}},
            "finish_reason": "{{finishReason}}", "index": 0, "logprobs": null,
            "message": { "annotations": [], "content": {{content}}, "refusal": {{refusal}}, "role": "assistant" } } ],
          "created": 1772452800, "id": "chatcmpl-stub", "model": "gpt-4o-mini-2024-07-18", "object": "chat.completion",
          "prompt_filter_results": [ { "prompt_index": 0, "content_filter_results": {
              "hate": { "filtered": false, "severity": "safe" }, "jailbreak": { "filtered": false, "detected": false },
              "self_harm": { "filtered": false, "severity": "safe" }, "sexual": { "filtered": false, "severity": "safe" },
              "violence": { "filtered": false, "severity": "safe" } } } ],
          "service_tier": "default", "system_fingerprint": "fp_efad92c60b",
          "usage": { "completion_tokens": 40,
              "completion_tokens_details": { "accepted_prediction_tokens": 0, "audio_tokens": 0, "reasoning_tokens": 0, "rejected_prediction_tokens": 0 },
              "prompt_tokens": 1500, "prompt_tokens_details": { "audio_tokens": 0, "cached_tokens": 1024 }, "total_tokens": 1540 } }
        """;
}
