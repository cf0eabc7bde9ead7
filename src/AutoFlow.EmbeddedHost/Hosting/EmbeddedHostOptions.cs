using System.Reflection;
using AutoFlow.EmbeddedHost.Strict;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>How the embedded host is built. An app need not set any of it; tests do.</summary>
public sealed class EmbeddedHostOptions
{
    /// <summary>The classes whose functions run; null takes the public ones of <see cref="Assemblies"/>.</summary>
    public IReadOnlyList<Type>? FunctionTypes { get; set; }

    /// <summary>The assemblies whose functions run; null takes the program and what it references that can hold functions.</summary>
    public IReadOnlyList<Assembly>? Assemblies { get; set; }

    /// <summary>The host's database file, or <c>:memory:</c>; null takes host.db in the data folder (setting AUTOFLOW_DATA, default: data in the content root).</summary>
    public string? DatabasePath { get; set; }

    /// <summary>Where the start-up text goes.</summary>
    public TextWriter Output { get; set; } = Console.Out;

    /// <summary>Where the reasons go when the host cannot start.</summary>
    public TextWriter Error { get; set; } = Console.Error;

    /// <summary>Whether a host that cannot start throws <see cref="HostRefusedException"/> instead of writing its reasons and ending with exit code 1.</summary>
    public bool ThrowWhenRefused { get; set; }

    /// <summary>How long a stop waits for functions that run.</summary>
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The faults of Azure Functions on Azure Storage; null for none, unless the setting AUTOFLOW_STRICT asks for them.</summary>
    public StrictOptions? Strict { get; set; }
}

/// <summary>The host cannot start. Each reason is one line: what, where, how to mend it.</summary>
/// <param name="reasons">The reasons, at least one.</param>
public sealed class HostRefusedException(IReadOnlyList<string> reasons) : Exception(string.Join(Environment.NewLine, reasons))
{
    /// <summary>The reasons, one line each.</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;
}
