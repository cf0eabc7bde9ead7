using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace AutoFlow.Infrastructure.Tests;

/// <summary>Microsoft's own compiler, from its NuGet package. It checks every resource against the real schemas, without Azure.</summary>
internal static class Bicep
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private static readonly string Tool = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "BicepTool").Value!;

    /// <summary>Why it cannot run here; null when it can.</summary>
    public static string? Absent { get; } =
        !OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64 ? "The package holds the compiler for Linux on x64 only."
        : !File.Exists(Tool) ? $"The compiler is not at {Tool}."
        : null;

    /// <summary>Runs the compiler in a folder and gives what it wrote; a mistake it finds is in Diagnostics.</summary>
    public static (string Output, string Diagnostics, int ExitCode) Run(string folder, params string[] arguments)
    {
        MakeExecutable();
        using var process = Process.Start(new ProcessStartInfo(Tool, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["BICEP_TRACING_ENABLED"] = "false", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"bicep {string.Join(' ', arguments)} did not end.");
        }

        return (output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult().Trim(), process.ExitCode);
    }

    // A package keeps no permissions everywhere.
    private static void MakeExecutable()
    {
        if (OperatingSystem.IsWindows() || File.GetUnixFileMode(Tool).HasFlag(UnixFileMode.UserExecute)) return;
        File.SetUnixFileMode(Tool, File.GetUnixFileMode(Tool) | UnixFileMode.UserExecute);
    }
}

/// <summary>A test that needs the compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = Bicep.Absent;
}

/// <summary>Like <see cref="BicepFactAttribute"/>, for theories.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BicepTheoryAttribute : TheoryAttribute
{
    public BicepTheoryAttribute() => Skip = Bicep.Absent;
}
