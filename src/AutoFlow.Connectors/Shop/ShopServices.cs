using AutoFlow.Support.Health;
using AutoFlow.Support.Orders;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AutoFlow.Connectors.Shop;

/// <summary>Registers the shop.</summary>
public static class ShopServices
{
    /// <summary>Adds <see cref="IShop"/>, configured by the section <c>Shop</c>; a wrong section stops the start with a plain message.</summary>
    public static IServiceCollection AddShop(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ShopOptions>()
            .Bind(configuration.GetSection(ShopOptions.Section))
            .Validate(options => BaseAddress.IsValid(options.BaseUrl), "Shop:BaseUrl is missing or not an absolute http or https URL.")
            .Validate(options => BaseAddress.IsHeader(options.AccessToken), "Shop:AccessToken is missing or not plain ASCII.")
            .Validate(options => options.ApiVersion is { Length: > 0 } version && version.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'), "Shop:ApiVersion is not a version like 2025-07.")
            .Validate(options => options.Timeout > TimeSpan.Zero, "Shop:Timeout is not above zero.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DependencyHealth>();
        services.AddHttpClient<IShop, ShopClient>((provider, http) =>
        {
            var options = provider.GetRequiredService<IOptions<ShopOptions>>().Value;
            http.BaseAddress = BaseAddress.Of($"{options.BaseUrl.TrimEnd('/')}/admin/api/{options.ApiVersion}");
            http.Timeout = options.Timeout;
            http.MaxResponseContentBufferSize = OutsideCall.LargestAnswer;
            http.DefaultRequestHeaders.Add("X-Shopify-Access-Token", options.AccessToken);
        }).AddHttpMessageHandler(provider => new HealthHandler(provider.GetRequiredService<DependencyHealth>(), OutsideServices.Shop)).RemoveAllLoggers(); // a customer's address is in the query; failures are data and are logged without the request
        return services;
    }
}
