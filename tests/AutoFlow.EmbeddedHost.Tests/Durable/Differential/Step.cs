using System.Text.Json.Serialization;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential;

/// <summary>An orchestration: a body, done once and then <paramref name="Loops"/> times more by starting over.</summary>
/// <param name="Body">What it does.</param>
/// <param name="Loops">How often it starts over.</param>
/// <param name="Preserve">Whether events that nobody waited for go along.</param>
internal sealed record Plan(Step Body, int Loops = 0, bool Preserve = true);

/// <summary>What an orchestration can do. Each gives a text; times are minutes.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(Call), "call")]
[JsonDerivedType(typeof(FailingCall), "failingCall")]
[JsonDerivedType(typeof(RetriedCall), "retriedCall")]
[JsonDerivedType(typeof(Sleep), "sleep")]
[JsonDerivedType(typeof(CancelledSleep), "cancelledSleep")]
[JsonDerivedType(typeof(Listen), "listen")]
[JsonDerivedType(typeof(ListenFor), "listenFor")]
[JsonDerivedType(typeof(Race), "race")]
[JsonDerivedType(typeof(Sequence), "sequence")]
[JsonDerivedType(typeof(Parallel), "parallel")]
[JsonDerivedType(typeof(Child), "child")]
[JsonDerivedType(typeof(Try), "try")]
[JsonDerivedType(typeof(Fail), "fail")]
[JsonDerivedType(typeof(Status), "status")]
[JsonDerivedType(typeof(Send), "send")]
[JsonDerivedType(typeof(Now), "now")]
internal abstract record Step;

/// <summary>An activity that squares.</summary>
internal sealed record Call(int Number) : Step;

internal sealed record FailingCall(string Message) : Step;

/// <summary>An activity that fails until some time after the first attempt; tried again by a policy (waits double, an hour at most) or by a handler (waits alike).</summary>
internal sealed record RetriedCall(int ReadyAfter, int Attempts, int Delay, bool ByHandler) : Step;

internal sealed record Sleep(int Minutes) : Step;

/// <summary>A long timer that is cancelled after a short one.</summary>
internal sealed record CancelledSleep(int Long, int Short) : Step;

internal sealed record Listen(string Name) : Step;

internal sealed record ListenFor(string Name, int Minutes) : Step;

/// <summary>The first of several: sleeps, listens and children. The others are cancelled, or left as they are.</summary>
internal sealed record Race(Step[] Of, bool CancelLosers) : Step;

internal sealed record Sequence(Step[] Steps) : Step;

internal sealed record Parallel(Step[] Steps) : Step;

/// <summary>A child; <paramref name="Id"/> null for one of the engine's making.</summary>
internal sealed record Child(Plan Plan, string? Id, int Attempts, int Delay) : Step;

/// <summary>Catches any failure.</summary>
internal sealed record Try(Step Step) : Step;

internal sealed record Fail(string Message) : Step;

internal sealed record Status(string? Text) : Step;

internal sealed record Send(string Target, string Name, string Payload) : Step;

/// <summary>The orchestration's time.</summary>
internal sealed record Now : Step;
