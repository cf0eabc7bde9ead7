using AutoFlow.Protocols.Http;
using AutoFlow.Workflows.Execution;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutoFlow.Protocols;

/// <summary>Puts the secrets in, lets the protocol do the call within its time, and takes the secrets out again.</summary>
internal sealed class ProtocolCaller(
    IEnumerable<IProtocol> protocols, SecretMarks marks, IOptions<ProtocolOptions> options, TimeProvider time, ILogger<ProtocolCaller> logger) : IProtocolCaller
{
    /// <summary>Levels of an answer: what a workflow puts around it must fit with it into a history, which takes 64.</summary>
    private const int DeepestAnswer = 48;

    private readonly Dictionary<string, IProtocol> _protocols = protocols.ToDictionary(static p => p.Name, StringComparer.Ordinal);

    /// <inheritdoc />
    public async Task<ProtocolOutcome> CallAsync(ProtocolCall call, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(call);
        RevealedSecrets? secrets = null;
        var limit = options.Value.Timeout;
        using var tooSlow = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(tooSlow.Token, cancellation);
        try
        {
            secrets = await marks.RevealAsync(call, cancellation);
            if (!_protocols.TryGetValue(call.Protocol, out var protocol))
                throw Failures.Configuration($"'{call.Protocol}' is no protocol that is called");
            var output = await protocol.CallAsync(new ProtocolRequest(secrets.Reveal(call.Arguments), call.Key, secrets), either.Token);
            if (output.Depth > DeepestAnswer) throw Failures.BadAnswer($"the answer nests deeper than {DeepestAnswer} levels");
            return new ProtocolOutcome { Output = secrets.Conceal(output) };
        }
        catch (WorkflowErrorException e)
        {
            return Failed(call, e.Error, secrets);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var failure = tooSlow.IsCancellationRequested ? NetworkFailure.TooSlow(limit) : Failures.BadAnswer("the service broke the call off");
            return Failed(call, failure.Error, secrets);
        }
        catch (Exception e) when (secrets is not null && e is not OperationCanceledException)
        {
            // The service may have done what it was asked, and the host would ask it again. What the exception says may be the customer's data.
            logger.LogError("A call by {Protocol} broke off by {Exception}", call.Protocol, e.GetType().FullName);
            return Failed(call, Failures.Runtime("the call broke off by a mistake of the engine; whether the service did it is not known").Error, secrets);
        }
    }

    private ProtocolOutcome Failed(ProtocolCall call, WorkflowError error, RevealedSecrets? secrets)
    {
        logger.LogInformation("A call by {Protocol} failed: {Type} {Status}", call.Protocol, error.Type, error.Status);
        return new ProtocolOutcome
        {
            Error = secrets is null
                ? error
                : error with { Title = error.Title is { } title ? secrets.Conceal(title) : null, Detail = error.Detail is { } detail ? secrets.Conceal(detail) : null },
        };
    }
}
