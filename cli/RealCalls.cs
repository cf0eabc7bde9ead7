using AutoFlow.Functions;
using AutoFlow.Protocols;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Cli;

/// <summary>Makes calls by the language's own protocols for real, with the settings of the environment as the app has them.</summary>
internal sealed class RealCalls : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public RealCalls()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddProtocols(configuration)
            .AddSingleton<ISecretSource>(new ConfiguredSecrets(configuration))
            .BuildServiceProvider();
    }

    public async Task<FunctionAnswer> CallAsync(ProtocolCall call, CancellationToken cancellation)
    {
        var outcome = await _services.GetRequiredService<IProtocolCaller>().CallAsync(call, cancellation);
        return outcome.Error is { } error ? FunctionAnswer.Failure(error) : FunctionAnswer.Of(outcome.Output!);
    }

    /// <summary>The secrets that are set, by name.</summary>
    public async Task<JqValue> SecretsAsync(IEnumerable<string> names, CancellationToken cancellation)
    {
        var secrets = JqValue.EmptyObject;
        foreach (var name in names)
        {
            if (await _services.GetRequiredService<ISecretSource>().FindAsync(name, cancellation) is { } secret) secrets = secrets.With(name, secret);
        }

        return secrets;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
