using AutoFlow.Workflows.Catalog;

namespace AutoFlow.Cli.Tests;

public sealed class ValidateTests : IDisposable
{
    private const string Good = "document: { dsl: 1.0.3, namespace: test, name: good, version: 1.0.0 }\ndo:\n  - a: { call: sendReply }\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autoflow");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private int Run(params string[] args) => new CommandLine(FunctionCatalog.FromNames("sendReply"), _output, _error).Run(args);

    [Fact]
    public void Good_definitions_give_a_summary_and_success()
    {
        Assert.Equal(0, Run("validate", Write("good.yaml", Good)));
        Assert.Equal("1 definition, 0 errors, 0 warnings" + Environment.NewLine, _output.ToString());
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void A_folder_is_checked_whole_and_every_error_is_told()
    {
        Write("good.yaml", Good);
        var bad = Write("bad.yaml", Good.Replace("name: good", "name: bad", StringComparison.Ordinal).Replace("call: sendReply", "call: sendRepli, then: x", StringComparison.Ordinal));

        Assert.Equal(1, Run("validate", _folder.FullName));
        Assert.Contains($"{bad}:3:16: error: unknown function 'sendRepli'", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("hint: did you mean 'sendReply'?", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{bad}:3:33: error: no task 'x' in this list to go to", _output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("2 definitions, 2 errors, 0 warnings" + Environment.NewLine, _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_with_one_identity_are_an_error()
    {
        Write("one.yaml", Good);
        Write("two.yaml", Good + "timeout: { after: PT1H }\n");

        Assert.Equal(1, Run("validate", _folder.FullName));
        Assert.Contains("test/good:1.0.0 is already published with another content", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("autoflow: no such file or folder: nowhere.yaml", "validate", "nowhere.yaml")]
    [InlineData("autoflow: unknown flag: --fast", "validate", "--fast")]
    [InlineData("autoflow: unknown command or flag: validat (autoflow --help lists the commands)", "validat")]
    public void A_wrong_word_gives_one_clear_line(string line, params string[] args)
    {
        Assert.Equal(1, Run(args));
        Assert.Equal(line + Environment.NewLine, _error.ToString());
        Assert.Empty(_output.ToString());
    }
}
