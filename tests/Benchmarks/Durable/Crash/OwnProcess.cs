using System.Diagnostics;

namespace AutoFlow.Benchmarks.Durable.Crash;

/// <summary>This program again, as a child that can be killed.</summary>
internal static class OwnProcess
{
    /// <summary>Starts it. Its errors go where ours go.</summary>
    /// <param name="words">The words behind <c>durable</c>.</param>
    public static Process Start(params string[] words)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var word in words.Prepend("durable"))
            start.ArgumentList.Add(word);
        return Process.Start(start) ?? throw new InvalidOperationException("The child did not start.");
    }

    /// <summary>Waits for a line, and kills the child at once with SIGKILL.</summary>
    /// <exception cref="InvalidOperationException">It ended without the line.</exception>
    public static async Task KillAfterAsync(this Process child, string line)
    {
        while (await child.StandardOutput.ReadLineAsync() is { } said)
        {
            if (said != line)
                continue;
            child.Kill();
            await child.WaitForExitAsync();
            return;
        }

        throw new InvalidOperationException($"The child ended before it said '{line}'.");
    }

    /// <summary>Prints what it says until it ends; its exit code.</summary>
    public static async Task<int> PrintAsync(this Process child)
    {
        while (await child.StandardOutput.ReadLineAsync() is { } said)
            Console.WriteLine(said);
        await child.WaitForExitAsync();
        return child.ExitCode;
    }
}
