using AutoFlow.EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a function app begins.</summary>
public class FunctionsApplication
{
    /// <summary>A builder with the defaults: settings, logging, discovery of functions.</summary>
    /// <param name="args">The command line.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}

/// <summary>Builds a function app.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly WebSetup _setup;
    private readonly WebApplicationBuilder _builder;
    private readonly FunctionMiddleware _middleware = new();
    private bool _built;

    internal FunctionsApplicationBuilder(string[]? args)
    {
        _setup = new WebSetup(args);
        _builder = _setup.Builder;
    }

    /// <inheritdoc/>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_builder).Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <summary>The configuration, which can be added to.</summary>
    public ConfigurationManager Configuration => _builder.Configuration;

    /// <inheritdoc/>
    public IHostEnvironment Environment => _builder.Environment;

    /// <inheritdoc/>
    public ILoggingBuilder Logging => _builder.Logging;

    /// <inheritdoc/>
    public IMetricsBuilder Metrics => _builder.Metrics;

    /// <inheritdoc cref="IHostApplicationBuilder.Services"/>
    public IServiceCollection Services => _builder.Services;

    /// <summary>Whether HTTP functions get ASP.NET Core's types.</summary>
    internal bool UsesWebApplication { get; set; }

    /// <summary>Builds the host, once.</summary>
    /// <exception cref="InvalidOperationException">It has been built before.</exception>
    public IHost Build()
    {
        ThrowIfBuilt();
        _built = true;
        Services.AddSingleton(_middleware);
        Services.PostConfigure<EmbeddedHostOptions>(options => options.Strict ??= _setup.Strict);
        HostServices.Add(Services, _setup.Settings);
        return new EmbeddedFunctionsHost(_builder.Build(), _setup.Faults, UsesWebApplication);
    }

    /// <inheritdoc/>
    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_builder).ConfigureContainer(factory, configure);

    /// <inheritdoc/>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        ThrowIfBuilt();
        _middleware.Add(middleware);
        return this;
    }

    private void ThrowIfBuilt()
    {
        if (_built)
            throw new InvalidOperationException("The application has already been built.");
    }
}

/// <summary>ASP.NET Core's types in HTTP functions.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Lets HTTP functions take and return ASP.NET Core's types.</summary>
    /// <param name="builder">The builder.</param>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        builder.UsesWebApplication = true;
        return builder;
    }

    /// <summary>Lets HTTP functions take and return ASP.NET Core's types.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configureWorker">Configures the worker, such as its middleware.</param>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(
        this FunctionsApplicationBuilder builder, Action<IFunctionsWorkerApplicationBuilder> configureWorker)
    {
        ArgumentNullException.ThrowIfNull(configureWorker);
        configureWorker(builder);
        return builder.ConfigureFunctionsWebApplication();
    }
}
