using System.Globalization;
using System.Xml.Linq;
using AutoFlow.Functions.Steps;

namespace AutoFlow.Cli.Tests;

public sealed class GraphTests : Shell
{
    [Fact]
    public async Task Mermaid_shows_tasks_cases_jumps_and_catches()
    {
        Assert.Equal(0, await RunAsync("graph", Write("find.yaml", Samples.Definition)));
        Assert.Equal(
            """
            ---
            title: "Find & tell (find 1.0.0)"
            ---
            flowchart TD
              t_start((" "))
              subgraph t_0["question"]
                t_0_0_0["ask<br>call ask"]
              end
              t_1{"known"}
              t_2["tell<br>call sendReply"]
              t_3["sorry<br>call sendReply"]
              t_2_n((("end")))
              t_3_n((("end")))
              t_start --> t_0
              t_0 --> t_1
              t_0 -.->|"on 404"| t_3
              t_1 -->|"yes"| t_2
              t_1 -->|"no"| t_3
              t_2 --> t_2_n
              t_3 --> t_3_n

            """,
            Output);
    }

    [Fact]
    public async Task Text_of_authors_cannot_break_out_of_the_drawing()
    {
        const string title = "title: '\"</text><script>x</script>'";
        var file = Write("find.yaml", Samples.Definition
            .Replace("title: Find & tell", title, StringComparison.Ordinal)
            .Replace("when: .found", "when: '.found == \"<&>\"'", StringComparison.Ordinal)
            .Replace("- yes:", "- '\"] | <b>':", StringComparison.Ordinal));

        Assert.Equal(0, await RunAsync("graph", file));
        Assert.Contains("t_1 -->|\"#34;#93; #124; #60;b#62;\"| t_2", Output, StringComparison.Ordinal);

        var svg = Path.Combine(Folder, "find.svg");
        Assert.Equal(0, await RunAsync("graph", file, "--out", svg));
        var drawing = XDocument.Load(svg);
        Assert.DoesNotContain(drawing.Descendants(), static e => e.Name.LocalName == "script");
        Assert.Contains(Texts(drawing), static text => text == "\"</text><script>x</script>");
        Assert.Contains(Texts(drawing), static text => text == "\"] | <b>");
    }

    [Theory]
    [InlineData("await-approval")]
    [InlineData("cancel-order")]
    [InlineData("compensate")]
    [InlineData("damaged-item")]
    [InlineData("hand-over")]
    [InlineData("watch-parcel")]
    [InlineData("where-is-my-order")]
    public async Task Every_task_is_drawn_inside_the_drawing_and_apart_from_its_siblings(string name)
    {
        var svg = Path.Combine(Folder, "drawn.svg");
        var result = await new CommandLine(StepCatalog.Default, TextWriter.Null, TextWriter.Null)
            .RunAsync(["graph", Path.Combine(ShippedScenariosTests.Workflows, name + ".yaml"), "--out", svg]);
        Assert.Equal(0, result);

        var drawing = XDocument.Load(svg).Root!;
        var (width, height) = (Number(drawing, "width"), Number(drawing, "height"));
        var boxes = drawing.Descendants().Where(static e => e.Name.LocalName == "rect" && (string?)e.Attribute("class") is { } c && c != "paper").Select(Box).ToList();
        Assert.NotEmpty(boxes);
        Assert.All(boxes, box => Assert.True(box.Left >= 0 && box.Top >= 0 && box.Right <= width && box.Bottom <= height, $"{box}"));
        foreach (var (one, other) in boxes.SelectMany((one, i) => boxes.Skip(i + 1).Select(other => (one, other))))
            Assert.True(Apart(one, other) || Within(one, other) || Within(other, one), $"{one} overlaps {other}");
    }

    [Theory]
    [InlineData("autoflow: unknown format: png (there are mermaid and svg)", "--format", "png")]
    [InlineData("autoflow: unknown command or flag: --fast (autoflow --help lists the commands)", "--fast")]
    public async Task A_wrong_wish_gives_one_clear_line(string line, params string[] args)
    {
        Assert.Equal(1, await RunAsync(["graph", Write("find.yaml", Samples.Definition), .. args]));
        Assert.Equal(line + "\n", Error);
        Assert.Empty(Output);
    }

    [Fact]
    public async Task A_folder_or_no_file_is_told()
    {
        Assert.Equal(1, await RunAsync("graph", Folder));
        Assert.Equal(1, await RunAsync("graph", "gone.yaml"));
        Assert.Equal($"autoflow: a file is meant here, not the folder {Folder}\nautoflow: no such file or folder: gone.yaml\n", Error);
    }

    private static IEnumerable<string> Texts(XDocument drawing) => drawing.Descendants().Where(static e => e.Name.LocalName == "text").Select(static e => e.Value);

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static Rectangle Box(XElement rect) => new(
        Number(rect, "x"), Number(rect, "y"), Number(rect, "x") + Number(rect, "width"), Number(rect, "y") + Number(rect, "height"));

    // Coordinates are written with one decimal.
    private static bool Apart(Rectangle a, Rectangle b) => a.Right <= b.Left + 0.2 || b.Right <= a.Left + 0.2 || a.Bottom <= b.Top + 0.2 || b.Bottom <= a.Top + 0.2;

    private static bool Within(Rectangle inner, Rectangle outer) =>
        inner.Left >= outer.Left - 0.2 && inner.Top >= outer.Top - 0.2 && inner.Right <= outer.Right + 0.2 && inner.Bottom <= outer.Bottom + 0.2;

    private sealed record Rectangle(double Left, double Top, double Right, double Bottom);
}
