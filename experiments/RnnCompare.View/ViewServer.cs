using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RnnCompare.Experiments;
using RnnCompare.Experiments.Results.Reading;

namespace RnnCompare.View;

/// <summary>Serves the runs below a folder to browsers on this machine, and to nobody else.</summary>
public sealed class ViewServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ViewServer(WebApplication application, string address) => (_application, Address) = (application, address);

    /// <summary>Where it listens: <c>http://127.0.0.1:41234/</c>.</summary>
    public string Address { get; }

    /// <summary>Starts serving.</summary>
    /// <param name="folder">The folder that runs are looked for in and below.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <exception cref="InputException">There is no such folder, no run in it, or the port is in use.</exception>
    public static async Task<ViewServer> StartAsync(string folder, int port = 0)
    {
        if (RunReader.Find(folder).Count == 0)
        {
            throw new InputException($"{folder}: there is no run in it or below; rnncompare run makes one.");
        }

        // Empty: no settings files, no environment variables, and so no address but this one.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        var application = builder.Build();
        application.Use(LocalRequests.Guard);
        var index = new RunIndex(folder);
        new Endpoints(index).Map(application);
        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new InputException($"--port {port}: cannot listen on 127.0.0.1:{port}, because the port is in use; give another, or none for a free one.", e);
        }

        // Read while the browser opens.
        _ = Task.Run(index.Look);
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new(application, address + "/");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    // Who starts the server also ends it; signals are the program's business.
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
