using AutoFlow.Functions.Orchestrations;
using AutoFlow.Protocols;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Functions.Tests.Orchestrations;

/// <summary>A history takes 64 levels of JSON: deeper values are errors of the workflow, which ends as others do.</summary>
public sealed class DeepValueTests : IAsyncDisposable
{
    private readonly DurableApp _app = new();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    [InlineData(63, false)]
    [InlineData(900, false)]
    public async Task An_emitted_event_is_published_or_an_error(int levels, bool fits) =>
        // The event itself and its data are around.
        await EndsAsync(levels - 2, "- one:\n      emit: { event: { with: { source: 'https://test', type: t, data: { x: '${ $input }' } } } }\n  - two:\n      set: { done: true }", fits);

    [Theory]
    [InlineData(61, true)]
    [InlineData(62, true)]
    [InlineData(63, false)]
    [InlineData(64, false)]
    [InlineData(900, false)]
    public async Task An_output_is_handed_on_or_an_error(int levels, bool fits) => await EndsAsync(levels - 1, "- one:\n      set: { x: '${ $input }' }", fits);

    [Theory]
    [InlineData(62, true)]
    [InlineData(63, false)]
    [InlineData(900, false)]
    public async Task A_childs_input_is_handed_on_or_an_error(int levels, bool fits)
    {
        _app.Define("child", "  - one:\n      set: { done: true }");
        await EndsAsync(levels - 1, "- one:\n      run: { workflow: { namespace: test, name: child, version: latest, input: { x: '${ $input }' } } }", fits);
        await EndsAsync(levels - 1, "- one:\n      run: { await: false, workflow: { namespace: test, name: child, version: latest, input: { x: '${ $input }' } } }", fits, "beside");
    }

    [Theory]
    [InlineData(62, true)]
    [InlineData(63, false)]
    public async Task A_calls_arguments_are_handed_on_or_an_error(int levels, bool fits)
    {
        _app.Answers = _ => new ProtocolOutcome { Output = JqValue.True };
        await EndsAsync(levels - 1, "- one:\n      call: http\n      with: { method: post, endpoint: 'https://api.example.com/', body: '${ $input }' }", fits);
    }

    [Fact]
    public async Task A_deep_output_is_reported_as_a_fault_even_where_ends_are_published()
    {
        _app.Settings.LifecycleEvents = "task";

        await EndsAsync(80, "- one:\n      set: { x: '${ $input }' }", fits: false);

        Assert.Contains(nameof(ReportFault), _app.Ran);
    }

    [Fact]
    public async Task An_answer_that_nests_too_deep_is_asked_for_once()
    {
        _app.Answers = _ => new ProtocolOutcome { Output = Nested(70) };

        await EndsAsync(0, "- one:\n      call: http\n      with: { method: get, endpoint: 'https://api.example.com/' }", fits: false);

        Assert.Single(_app.Ran, nameof(CallProtocol));
    }

    private async Task EndsAsync(int levels, string task, bool fits, string name = "deep")
    {
        var make = $"  - make:\n      set: '${{ reduce range({levels}) as $n (1; [.]) | {{ deep: . }} }}'\n";
        _app.Define(name, make + "  " + task.Replace("$input", ".deep", StringComparison.Ordinal));

        var outcome = await _app.OutcomeAsync(await _app.StartAsync(name, conversation: null));

        Assert.Equal(fits ? null : StandardErrors.Runtime.Type, outcome.Error?.Type);
        if (!fits) Assert.Contains("levels deep; up to", outcome.Error!.Detail, StringComparison.Ordinal);
    }

    private static JqValue Nested(int levels) => JqValue.Parse(new string('[', levels) + new string(']', levels));
}
