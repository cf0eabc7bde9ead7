using AutoFlow.EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Hosting;

#pragma warning disable CA1822, CA1052 // The classes below are wrong on purpose.

public sealed class DiscoveryTests
{
    public static class NoTrigger
    {
        [Function("NoTrigger")]
        public static void Run(string text) => _ = text;
    }

    public static class TwoTriggers
    {
        [Function("TwoTriggers")]
        public static void Run([QueueTrigger("a-queue")] string text, [TimerTrigger("0 0 * * * *")] TimerInfo timer) => _ = (text, timer);
    }

    public static class BadSchedule
    {
        [Function("BadSchedule")]
        public static void Run([TimerTrigger("0 0 25 * * *")] TimerInfo timer) => _ = timer;
    }

    public static class BadTimerType
    {
        [Function("BadTimerType")]
        public static void Run([TimerTrigger("0 0 * * * *")] string timer) => _ = timer;
    }

    public static class BadQueue
    {
        [Function("BadQueue")]
        public static void Run([QueueTrigger("Bad_Queue")] string text) => _ = text;
    }

    public static class MissingSetting
    {
        [Function("MissingSetting")]
        public static void Run([QueueTrigger("%NoSuchSetting%")] string text) => _ = text;
    }

    public static class BadRoute
    {
        [Function("BadRoute")]
        public static string Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "a/{b")] HttpRequest request) => request.Path;
    }

    public static class BadConstraint
    {
        [Function("BadConstraint")]
        public static string Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "a/{b:number}")] HttpRequest request) => request.Path;
    }

    public static class Unbindable
    {
        [Function("Unbindable")]
        public static void Run([QueueTrigger("a-queue")] string text, HttpClient client) => _ = (text, client);
    }

    public static class UnbindableHttp
    {
        [Function("UnbindableHttp")]
        public static string Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, HttpClient client) => $"{request}{client}";
    }

    public static class ClientInOrchestrator
    {
        [Function("ClientInOrchestrator")]
        public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context, [DurableClient] DurableTaskClient client) =>
            Task.FromResult((context, client));
    }

    public static class TwoInputs
    {
        [Function("TwoInputs")]
        public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context, string a, string b) => Task.FromResult((context, a, b));
    }

    public static class BadName
    {
        [Function("bad name")]
        public static void Run([QueueTrigger("a-queue")] string text) => _ = text;
    }

    public static class Hidden
    {
        [Function("Hidden")]
        internal static void Run([QueueTrigger("a-queue")] string text) => _ = text;
    }

    public static class AsyncVoid
    {
        [Function("AsyncVoid")]
        public static async void Run([QueueTrigger("a-queue")] string text) => await Task.FromResult(text);
    }

    public static class AnswerToQueue
    {
        [Function("AnswerToQueue")]
        [QueueOutput("a-queue")]
        public static IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new OkObjectResult(request.Path);
    }

    public static class Twice
    {
        [Function("Same")]
        public static string One([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "one")] HttpRequest request) => request.Path;

        [Function("same")]
        public static string Two([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "two")] HttpRequest request) => request.Path;
    }

    public static class SameRoute
    {
        [Function("First")]
        public static string One([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "same")] HttpRequest request) => request.Path;

        [Function("Second")]
        public static string Two([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "same")] HttpRequest request) => request.Path;
    }

    [Theory]
    [InlineData(typeof(NoTrigger), "NoTrigger.Run: the function has no trigger; mark a parameter with [HttpTrigger]")]
    [InlineData(typeof(TwoTriggers), "the function has 2 triggers (parameters text, timer)")]
    [InlineData(typeof(BadSchedule), "parameter 'timer': the schedule \"0 0 25 * * *\" cannot be read: 25 is outside 0 to 23 of the field hour.")]
    [InlineData(typeof(BadTimerType), "parameter 'timer': its type is String, it must be TimerInfo.")]
    [InlineData(typeof(BadQueue), "parameter 'text': the queue name 'Bad_Queue' is not valid: a queue name has only lower-case letters")]
    [InlineData(typeof(MissingSetting), "parameter 'text': the setting 'NoSuchSetting' in '%NoSuchSetting%' is not set")]
    [InlineData(typeof(BadRoute), "parameter 'request': the route \"a/{b\" cannot be read")]
    [InlineData(typeof(BadConstraint), "the route \"a/{b:number}\" cannot be read: the constraint 'number' of 'b' is unknown")]
    [InlineData(typeof(Unbindable), "parameter 'client': its type HttpClient cannot be bound; take FunctionContext")]
    [InlineData(typeof(UnbindableHttp), "parameter 'client': its type HttpClient cannot be read from the route or the query")]
    [InlineData(typeof(ClientInOrchestrator), "parameter 'client': an orchestrator must be deterministic")]
    [InlineData(typeof(TwoInputs), "parameters 'a', 'b': an orchestration has one input")]
    [InlineData(typeof(BadName), "the function name 'bad name' must begin with a letter")]
    [InlineData(typeof(Hidden), "a function is a public method of a public class")]
    [InlineData(typeof(AsyncVoid), "async void loses its errors; return Task.")]
    [InlineData(typeof(AnswerToQueue), "[QueueOutput] on the method would send the HTTP answer to the queue")]
    [InlineData(typeof(Twice), "the function name 'Same' is taken twice")]
    [InlineData(typeof(SameRoute), "Second")]
    public async Task A_function_that_cannot_run_is_refused_at_start_with_where_and_why(Type type, string expected)
    {
        var reasons = await TestHost.RefusalAsync(new TestHostSetup(), type);

        var reason = Assert.Single(reasons);
        Assert.Contains(type == typeof(SameRoute) ? "SameRoute.Two: the route \"same\" (POST) is taken by" : expected, reason, StringComparison.Ordinal);
        Assert.Contains($"{nameof(DiscoveryTests)}+{type.Name}.", reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', reason);
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        var reasons = await TestHost.RefusalAsync(new TestHostSetup(), typeof(NoTrigger), typeof(BadSchedule), typeof(BadQueue));

        Assert.Equal(3, reasons.Count);
    }

    [Fact]
    public async Task Http_functions_need_the_web_application()
    {
        var reasons = await TestHost.RefusalAsync(new TestHostSetup { WebApplication = false }, typeof(HttpFunctionTests.Home));

        Assert.Contains("ConfigureFunctionsWebApplication()", Assert.Single(reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_s_own_functions_and_those_of_its_libraries_are_found()
    {
        var types = FunctionDiscovery.Types(new EmbeddedHostOptions { Assemblies = [typeof(DiscoveryTests).Assembly] }).ToHashSet();

        Assert.Contains(typeof(Twice), types);
        Assert.DoesNotContain(typeof(FunctionAttribute), types);
    }
}
