using System.ClientModel;
using System.ClientModel.Primitives;
using AutoFlow.Support.ModelCalls;
using Azure;
using Azure.Identity;
using OpenAI.Chat;

namespace AutoFlow.Connectors.AzureOpenAI;

/// <summary>
/// One chat completion, asked for once: whoever has the message decides whether it is asked again. The package's protocol
/// method is used, because it gives every status as an answer, and an answer of another form is then no exception either.
/// </summary>
internal sealed class ChatCall(ChatClient client, TimeSpan timeout, TimeProvider time)
{
    /// <param name="callId">Sent along, so that the service's log can be asked for the call.</param>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; every other end is an answer.</exception>
    public async Task<ChatAnswer> AskAsync(string callId, BinaryData body, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        var request = new RequestOptions { CancellationToken = either.Token, ErrorOptions = ClientErrorBehaviors.NoThrow };
        request.SetHeader("x-ms-client-request-id", callId);
        try
        {
            using var content = BinaryContent.Create(body);
            var response = (await client.CompleteChatAsync(content, request)).GetRawResponse();
            return response.Status == 200
                ? ChatAnswer.OfCompletion(response.Content)
                : ChatAnswer.OfError(response.Status, response.Content, RetryAfter.Of(name => response.Headers.TryGetValue(name, out var value) ? value : null, time.GetUtcNow()));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new ChatAnswer(ModelCallOutcome.TimedOut);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or ClientResultException)
        {
            return new ChatAnswer(ModelCallOutcome.Unavailable) { Detail = "no connection" };
        }
        catch (AuthenticationFailedException exception)
        {
            var passing = exception.InnerException is HttpRequestException or OperationCanceledException or RequestFailedException { Status: 0 or 408 or 429 or >= 500 };
            return new ChatAnswer(passing ? ModelCallOutcome.Unavailable : ModelCallOutcome.Unauthorized) { Detail = "no token" };
        }
    }
}
