using AutoFlow.Connectors.Graph;
using AutoFlow.Support.Health;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AutoFlow.Functions.Health;

/// <summary>What readiness looks at.</summary>
public static class HealthServices
{
    public static IServiceCollection AddHealth(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton<DependencyHealth>();
        services.AddSingleton<IDependencyCheck, QueueCheck>().AddSingleton<IDependencyCheck, DatabaseCheck>().AddSingleton<IDependencyCheck, ModelCheck>();
        Outside(services, OutsideServices.AzureOpenAI, configuration.GetSection("AzureOpenAI").Exists());
        Outside(services, OutsideServices.Carriers, true);
        Outside(services, OutsideServices.Shop, true);
        Outside(services, OutsideServices.Mail, services.Any(service => service.ServiceType == typeof(GraphOptions)));
        return services.AddSingleton<Readiness>();
    }

    private static void Outside(IServiceCollection services, string name, bool isConfigured) => services.AddSingleton<IDependencyCheck>(provider =>
        new OutsideCheck(name, isConfigured, provider.GetRequiredService<DependencyHealth>(), provider.GetRequiredService<TimeProvider>()));
}
