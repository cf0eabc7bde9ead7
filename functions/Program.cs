using AutoFlow.Demo;
using AutoFlow.Functions;
using AutoFlow.Functions.Settings;
using AutoFlow.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(DemoOptions.Complete(args));
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<InvocationTelemetry>();

await using var demo = await DemoHost.StartAsync(builder, args);
if (demo is null || !SettingMistakes.SettingsAreGood(builder.Configuration) || !builder.AddAutoFlow()) return 1;

var app = builder.Build();
if (!await app.Services.PrepareAutoFlowAsync()) return 1;
await app.RunAsync();
// A host that refused to start has said why and set the code.
return Environment.ExitCode;
