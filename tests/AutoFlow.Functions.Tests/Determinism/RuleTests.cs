namespace AutoFlow.Functions.Tests.Determinism;

/// <summary>The check on small orchestrators, each with one line that breaks a rule or looks as if it did.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("_ = DateTime.Now;")]
    [InlineData("_ = DateTime.UtcNow;")]
    [InlineData("_ = DateTime.Today;")]
    [InlineData("_ = DateTimeOffset.UtcNow;")]
    [InlineData("_ = Environment.TickCount64;")]
    [InlineData("_ = System.Diagnostics.Stopwatch.StartNew();")]
    [InlineData("_ = System.Diagnostics.Stopwatch.GetTimestamp();")]
    [InlineData("_ = TimeProvider.System.GetUtcNow();")]
    public void Clocks(string line) => Breaks(Rule.Clock, line);

    [Theory]
    [InlineData("_ = Guid.NewGuid();")]
    [InlineData("_ = Guid.CreateVersion7();")]
    [InlineData("_ = Random.Shared.Next();")]
    [InlineData("_ = new Random(1);")]
    [InlineData("_ = System.Security.Cryptography.RandomNumberGenerator.GetInt32(5);")]
    [InlineData("_ = \"text\".GetHashCode();")]
    [InlineData("_ = HashCode.Combine(1, 2);")]
    public void Randomness(string line) => Breaks(Rule.Randomness, line);

    [Theory]
    [InlineData("_ = File.ReadAllText(\"file\");")]
    [InlineData("_ = new FileInfo(\"file\");")]
    [InlineData("_ = Directory.Exists(\"folder\");")]
    [InlineData("_ = new HttpClient();")]
    [InlineData("Console.WriteLine();")]
    [InlineData("_ = Environment.GetEnvironmentVariable(\"NAME\");")]
    [InlineData("_ = Environment.MachineName;")]
    public void Outside(string line) => Breaks(Rule.Outside, line);

    [Theory]
    [InlineData("await Task.Run(() => { });")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("await Task.Yield();")]
    [InlineData("await Task.Factory.StartNew(() => { });")]
    [InlineData("await Task.CompletedTask.ConfigureAwait(false);")]
    [InlineData("await Task.FromResult(1).ConfigureAwait(false);")]
    [InlineData("await Task.CompletedTask.WaitAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("Parallel.For(0, 2, _ => { });")]
    [InlineData("_ = new[] { 1 }.AsParallel();")]
    [InlineData("_ = new CancellationTokenSource(1000);")]
    [InlineData("_ = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);")]
    public void Threads(string line) => Breaks(Rule.Threads, line);

    [Theory]
    [InlineData("foreach (var pair in new Dictionary<string, int>()) _ = pair;")]
    [InlineData("foreach (var key in new Dictionary<string, int>().Keys) _ = key;")]
    [InlineData("foreach (var item in new HashSet<string>()) _ = item;")]
    [InlineData("foreach (var key in ((IReadOnlyDictionary<string, int>)new SortedDictionary<string, int>()).Keys) _ = key;")]
    [InlineData("_ = new HashSet<string>().First();")]
    [InlineData("_ = new Dictionary<string, int>().Select(pair => pair.Key);")]
    [InlineData("_ = string.Join(',', new HashSet<string>());")]
    [InlineData("List<string> _ = [.. new HashSet<string>()];")]
    [InlineData("_ = new List<string>(new HashSet<string>());")]
    [InlineData("foreach (var pair in System.Collections.Immutable.ImmutableDictionary<string, int>.Empty) _ = pair;")]
    public void Order(string line) => Breaks(Rule.Order, line);

    [Theory]
    [InlineData("_ = TimeZoneInfo.Local;")]
    [InlineData("_ = System.Globalization.CultureInfo.CurrentCulture;")]
    [InlineData("_ = context.CurrentUtcDateTime.ToLocalTime();")]
    public void Machine(string line) => Breaks(Rule.Machine, line);

    [Theory]
    [InlineData("_ = context.CurrentUtcDateTime;")]
    [InlineData("_ = context.NewGuid();")]
    [InlineData("await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);")]
    [InlineData("await Task.WhenAny(Task.CompletedTask, context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None));")]
    [InlineData("_ = new DateTime(2025, 1, 1);")]
    [InlineData("_ = new CancellationTokenSource();")]
    [InlineData("_ = new Dictionary<string, int>().TryGetValue(\"a\", out _);")]
    [InlineData("_ = new Dictionary<string, int>().Count;")]
    [InlineData("_ = new HashSet<string>().Any(item => item.Length > 1);")]
    [InlineData("_ = new HashSet<string>().Order().ToList();")]
    [InlineData("_ = new HashSet<string>(new HashSet<string>());")]
    [InlineData("foreach (var pair in new SortedDictionary<string, int>()) _ = pair;")]
    [InlineData("foreach (var pair in new OrderedDictionary<string, int>()) _ = pair;")]
    [InlineData("_ = Environment.NewLine;")]
    [InlineData("_ = Path.Combine(\"a\", \"b\");")]
    public void Nothing_is_said_of(string line) => Assert.Empty(Found(Orchestrator(line)));

    [Theory]
    [InlineData("Other();", "static void Other() => _ = DateTime.Now;")]
    [InlineData("Later(() => _ = DateTime.Now);", "static void Later(Action action) => action();")]
    [InlineData("Later(Other);", "static void Later(Action action) => action(); static void Other() => _ = DateTime.Now;")]
    [InlineData("void Local() => _ = DateTime.Now; Local();", "")]
    [InlineData("_ = Value;", "static DateTime Value => DateTime.Now;")]
    [InlineData("_ = Value;", "static DateTime Value { get; } = DateTime.Now;")]
    [InlineData("_ = _value;", "static readonly DateTime _value = DateTime.Now;")]
    [InlineData("_ = new Made();", "class Made { readonly DateTime _at = DateTime.Now; }")]
    [InlineData("_ = new Made(1);", "class Base(DateTime at) { public DateTime At => at; } class Made(int n) : Base(DateTime.Now) { public int N => n; }")]
    [InlineData("_ = new Made();", "class Made { static Made() => _ = DateTime.Now; }")]
    [InlineData("Call(new Made());", "static void Call(I it) => it.Do(); interface I { void Do(); } class Made : I { void I.Do() => _ = DateTime.Now; }")]
    [InlineData("Call(new Made());", "static void Call(Base it) => it.Do(); abstract class Base { public abstract void Do(); } class Made : Base { public override void Do() => _ = DateTime.Now; }")]
    [InlineData("_ = $\"{new Made()}\";", "class Made { public override string ToString() => DateTime.Now.ToString(\"O\"); }")]
    [InlineData("using var made = new Made();", "sealed class Made : IDisposable { public void Dispose() => _ = DateTime.Now; }")]
    [InlineData("_ = new Made() + new Made();", "class Made { public static Made operator +(Made a, Made b) { _ = DateTime.Now; return a; } }")]
    [InlineData("foreach (var one in Many()) _ = one;", "static IEnumerable<int> Many() { _ = DateTime.Now; yield return 1; }")]
    [InlineData("_ = \"a\".Twice();", "} static class Texts { public static string Twice(this string text) { _ = DateTime.Now; return text; }")]
    [InlineData("_ = Generic<int>.Do();", "static class Generic<T> { public static T? Do() { _ = DateTime.Now; return default; } }")]
    [InlineData(
        "_ = context.GetInput<Data>();",
        "[System.Text.Json.Serialization.JsonConverter(typeof(Reader))] class Data { } class Reader : System.Text.Json.Serialization.JsonConverter<Data> {"
            + "public override Data Read(ref System.Text.Json.Utf8JsonReader reader, Type type, System.Text.Json.JsonSerializerOptions options) { _ = DateTime.Now; return new Data(); }"
            + "public override void Write(System.Text.Json.Utf8JsonWriter writer, Data data, System.Text.Json.JsonSerializerOptions options) { } }")]
    public void Follows_what_is_called(string line, string members) => Assert.Equal(Rule.Clock, Assert.Single(Found(Orchestrator(line, members))).Rule);

    [Fact]
    public void Leaves_alone_what_no_orchestrator_calls() => Assert.Empty(Found(Orchestrator("", "static void Activity() => _ = DateTime.Now;")));

    [Fact]
    public void Says_where_what_and_how_to_mend_it()
    {
        var text = Orchestrator("Other();", "static void Other() => _ = DateTime.Now;");
        var line = text[..text.IndexOf("DateTime.Now", StringComparison.Ordinal)].Count(character => character == '\n') + 1;
        Assert.Equal(
            $"Sample.cs:{line}: DateTime.Now reads this machine's clock; take the context's time (CurrentUtcDateTime, IWorkflowContext.Now) [Clock; Sample.Run > Sample.Other]",
            Assert.Single(Found(text)).ToString());
    }

    [Fact]
    public void An_exception_allows_one_rule_in_one_member()
    {
        const string exception = "[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"Determinism\", \"Clock\", Target = \"~M:Sample.Other\", Justification = \"Why not.\")]";
        var text = Orchestrator("Other(); _ = DateTime.Now;", "static void Other() { _ = DateTime.Now; _ = Guid.NewGuid(); }");
        Assert.Equal([(Rule.Clock, "M:Sample.Run"), (Rule.Randomness, "M:Sample.Other")], Found(text, exception).Select(found => (found.Rule, found.Member.Split('(')[0])));
    }

    [Fact]
    public void An_exception_that_nothing_needs_is_told()
    {
        const string exception = "[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"Determinism\", \"All\", Target = \"~M:Sample.Unused\", Justification = \"Why not.\")]";
        var code = AppCode.Of(Orchestrator("", "static void Unused() { }", exception));
        var allowed = new AllowedExceptions(code);
        _ = new Reach(code, allowed.LeavesOut);
        Assert.Equal("M:Sample.Unused", Assert.Single(allowed.Unused).Target);
    }

    private static void Breaks(Rule rule, string line)
    {
        var found = Found(Orchestrator(line));
        Assert.True(found.Count > 0, "nothing was found");
        Assert.All(found, finding => Assert.Equal(rule, finding.Rule));
    }

    private static IReadOnlyList<Finding> Found(string text, string attribute = "")
    {
        var code = AppCode.Of(text.Replace("using Microsoft.DurableTask;\n", "using Microsoft.DurableTask;\n" + attribute, StringComparison.Ordinal));
        var allowed = new AllowedExceptions(code);
        return [.. DeterminismCheck.Of(new Reach(code, allowed.LeavesOut)).Where(finding => !allowed.Allows(finding))];
    }

    private static string Orchestrator(string line, string members = "", string attribute = "") => $$"""
        using Microsoft.Azure.Functions.Worker;
        using Microsoft.DurableTask;
        {{attribute}}
        static partial class Sample
        {
            [Function("Sample")]
            public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
            {
                {{line}}
                await context.CallActivityAsync<int>("Any");
            }

            {{members}}
        }
        """;
}
