using System.Globalization;
using System.Net.ServerSentEvents;
using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Protocols.A2A;

/// <summary>Requests and answers of JSON-RPC 2.0 over HTTP, answers also as a stream of server-sent events.</summary>
internal static class JsonRpc
{
    /// <summary>The request.</summary>
    /// <param name="parameters">The parameters, an object; null to send none.</param>
    public static HttpCallRequest Request(Uri uri, string id, string method, JqValue parameters)
    {
        var call = JqValue.FromObject(("jsonrpc", JqValue.From("2.0")), ("id", JqValue.From(id)), ("method", JqValue.From(method)));
        if (!parameters.IsNull) call = call.With("params", parameters);
        return HttpBody.Put(new HttpCallRequest("POST", uri, [("Accept", "application/json, text/event-stream")]), call);
    }

    /// <summary>The results in an answer, in their order; one for an answer that is no stream.</summary>
    /// <param name="id">The request's id.</param>
    /// <param name="secrets">What must not stand in an error.</param>
    /// <exception cref="Workflows.Execution.WorkflowErrorException">The answer is an error, of type runtime, or no answer to the request.</exception>
    public static async Task<IReadOnlyList<JqValue>> ResultsAsync(HttpCallAnswer answer, string id, RevealedSecrets secrets, CancellationToken cancellation)
    {
        var results = new List<JqValue>();
        foreach (var message in await MessagesAsync(answer, cancellation))
        {
            if (message["error"] is { IsNull: false } error) throw Error(answer, error, secrets);
            answer.Expect(redirect: false);
            if (message["jsonrpc"].AsString() != "2.0" || message["id"].AsString() != id || !message.TryGetProperty("result", out var result))
                throw Failures.BadAnswer($"the agent at {answer.Origin} did not answer by JSON-RPC 2.0");
            results.Add(result);
        }

        return results;
    }

    private static async Task<IReadOnlyList<JqValue>> MessagesAsync(HttpCallAnswer answer, CancellationToken cancellation)
    {
        if (answer.ContentType?.MediaType != "text/event-stream")
            return [answer.TryJson() ?? throw Unreadable(answer)];
        var messages = new List<JqValue>();
        using var body = new MemoryStream(answer.Body);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellation))
        {
            try
            {
                messages.Add(JqValue.Parse(item.Data));
            }
            catch (FormatException)
            {
                throw Unreadable(answer);
            }
        }

        return messages;
    }

    private static WorkflowErrorException Unreadable(HttpCallAnswer answer)
    {
        answer.Expect(redirect: false);
        return Failures.BadAnswer($"the agent at {answer.Origin} answered with JSON that cannot be read");
    }

    private static WorkflowErrorException Error(HttpCallAnswer answer, JqValue error, RevealedSecrets secrets)
    {
        var code = error["code"].AsNumber() is { } number ? number.ToString(CultureInfo.InvariantCulture) : "without a code";
        return Failures.Runtime($"the agent at {answer.Origin} answered with the error {code}: {Failures.Shown(error["message"].AsString() ?? "", secrets)}");
    }
}
