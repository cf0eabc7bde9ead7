using AutoFlow.Support.Health;
using AutoFlow.Support.Shipments;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AutoFlow.Connectors.SeventeenTrack;

/// <summary>Registers the carriers.</summary>
public static class SeventeenTrackServices
{
    /// <summary>Adds <see cref="ITracking"/> and <see cref="ITrackingWebhook"/>, configured by the section <c>SeventeenTrack</c>; a wrong section stops the start with a plain message.</summary>
    public static IServiceCollection AddSeventeenTrack(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SeventeenTrackOptions>()
            .Bind(configuration.GetSection(SeventeenTrackOptions.Section))
            .Validate(options => BaseAddress.IsValid(options.BaseUrl), "SeventeenTrack:BaseUrl is not an absolute http or https URL.")
            .Validate(options => BaseAddress.IsHeader(options.ApiKey), "SeventeenTrack:ApiKey is missing or not plain ASCII.")
            .Validate(options => options.Timeout > TimeSpan.Zero, "SeventeenTrack:Timeout is not above zero.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DependencyHealth>();
        services.AddHttpClient<ITracking, SeventeenTrackClient>((provider, http) =>
        {
            var options = provider.GetRequiredService<IOptions<SeventeenTrackOptions>>().Value;
            http.BaseAddress = BaseAddress.Of(options.BaseUrl);
            http.Timeout = options.Timeout;
            http.MaxResponseContentBufferSize = OutsideCall.LargestAnswer;
            http.DefaultRequestHeaders.Add("17token", options.ApiKey);
        }).AddHttpMessageHandler(provider => new HealthHandler(provider.GetRequiredService<DependencyHealth>(), OutsideServices.Carriers)).RemoveAllLoggers(); // failures are data and are logged without the request
        services.AddSingleton<ITrackingWebhook>(provider => new SeventeenTrackWebhook(provider.GetRequiredService<IOptions<SeventeenTrackOptions>>().Value.ApiKey));
        return services;
    }
}
