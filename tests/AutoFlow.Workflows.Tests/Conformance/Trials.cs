using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>What the examples are given that need something, by file; an example that is not named here needs nothing and completes.</summary>
internal static class Trials
{
    private const string Listening = "because its output.as reads a property of the array that listen gives";
    private const string PetStoreInput = """{"petId":1,"token":"t"}""";
    private const string LogFunction = "https://raw.githubusercontent.com/serverlessworkflow/catalog/main/functions/log/1.0.0/function.yaml";

    private static readonly JqValue Temperature = Vitals("temperature", """{"temperature":39}""");
    private static readonly JqValue Pulse = Vitals("bpm", """{"bpm":120}""");
    private static readonly JqValue Gossip = TestWorkflow.Event("com.example.gossip", "g");

    private static readonly Dictionary<string, Trial> All = new(StringComparer.Ordinal)
    {
        ["accumulate-room-readings.yaml"] = new()
        {
            Events = [Sensor("temperature"), Sensor("humidity")],
            Ends = "faults with expression (400)",
        },
        ["authentication-bearer-uri-format.yaml"] = new() { Input = PetStoreInput },
        ["authentication-bearer.yaml"] = new() { Input = PetStoreInput },
        ["authentication-reusable.yaml"] = new() { Input = PetStoreInput },
        ["call-asyncapi-publish.yaml"] = new() { Input = """{"token":"t","pet":{"id":1}}""" },
        ["call-custom-function-cataloged.yaml"] = new()
        {
            Resources = DefinitionResources.Empty.With(new Uri(LogFunction), "set: { logged: \"${ .message }\" }\n"),
        },
        ["call-http-query-headers-expressions.yaml"] = new() { Input = """{"searchQuery":"luke"}""" },
        ["call-http-query-parameters.yaml"] = new() { Input = """{"searchQuery":"luke"}""" },
        ["call-http-redirect.yaml"] = new() { Input = """{"searchQuery":"luke"}""" },
        ["conditional-task.yaml"] = new() { Input = """{"customer":{"age":20},"bet":5}""" },
        ["for.yaml"] = new()
        {
            Input = """{"pets":[{"id":1}],"vet":"Dr. Lee"}""",
            Events = [TestWorkflow.Event("com.fake.petclinic.pets.checkup.completed.v2", "c")],
            Ends = "faults with expression (400)",
        },
        ["fork.yaml"] = new() { Input = """{"patient":{"fullName":"Ann"},"room":{"number":7}}""" },
        ["listen-to-all read-envelope.yaml"] = new() { Events = [Temperature, Pulse] },
        ["listen-to-all.yaml"] = new() { Events = [Temperature, Pulse] },
        ["listen-to-any-filter.yaml"] = new() { Events = [Pulse] },
        ["listen-to-any-forever-foreach.yaml"] = new()
        {
            Input = """{"roomId":"r"}""",
            Events = [Gossip, Gossip],
            Ends = "waits for events without end; 2 calls for 2 events",
        },
        ["listen-to-any-until-condition.yaml"] = new() { Events = [Gossip, Gossip, Gossip, Gossip] },
        ["listen-to-any-until-consumed.yaml"] = new()
        {
            Events = [Temperature, Pulse, TestWorkflow.Event("com.fake-hospital.patient.checked-out", "o")],
        },
        ["listen-to-any.yaml"] = new() { Events = [Gossip] },
        ["listen-to-one.yaml"] = new() { Events = [TestWorkflow.Event("com.virtual-wf-powered-race.events.race.started.v1", "r")] },
        ["raise-inline.yaml"] = new() { Ends = "faults with not-implemented (500)" },
        ["raise-reusable.yaml"] = new() { Ends = "faults with not-implemented (500)" },
        ["schedule-event-driven.yaml"] = new() { Input = """[{"data":{"patient":{"id":1,"name":"Ann","room":{"number":7},"vitals":{"bpm":30}}}}]""" },
        ["set-expression.yaml"] = new() { Input = """[{"data":1}]""" },
        ["set.yaml"] = new() { Input = """[{"data":1}]""" },
        ["star-wars-homeworld.yaml"] = new() { Input = """{"id":1}""" },
        ["switch-then-string.yaml"] = new() { Input = """{"orderType":"electronic"}""" },
        ["try-catch-retry-inline.yaml"] = new() { Statuses = [503, 503, 200] },
        ["try-catch-retry-reusable.yaml"] = new() { Statuses = [503, 503, 200] },
        ["try-catch-then-directive.yaml"] = new() { Statuses = [503] },
        ["try-catch-then.yaml"] = new() { Statuses = [404] },
        ["try-catch.yaml"] = new() { Statuses = [404] },
    };

    /// <summary>What people should know of an example's result.</summary>
    private static readonly Dictionary<string, string> Notes = new(StringComparer.Ordinal)
    {
        ["accumulate-room-readings.yaml"] = Listening,
        ["call-custom-function-cataloged.yaml"] = "with a stand-in for the function it names, which is a Python script (refused: run script)",
        ["for.yaml"] = Listening,
        ["raise-inline.yaml"] = "as it says",
        ["raise-reusable.yaml"] = "as it says",
    };

    public static Trial Of(string name) => All.GetValueOrDefault(name) ?? new Trial();

    public static string? NoteOn(string name) => Notes.GetValueOrDefault(name);

    private static JqValue Vitals(string what, string data) => TestWorkflow.Event($"com.fake-hospital.vitals.measurements.{what}", what, data);

    private static JqValue Sensor(string what) =>
        TestWorkflow.Event($"my.home.sensors.{what}", what, """{"reading":20}""", "https://my.home.com/sensor").With("roomid", JqValue.From("kitchen"));
}
