using System.ComponentModel;
using System.Diagnostics;
using RnnCompare.Experiments.Results.Reading;
using RnnCompare.View;

namespace RnnCompare.Cli.Commands;

/// <summary>Shows a run in the browser while it trains, and afterwards until Ctrl-C.</summary>
internal sealed class RunView : IAsyncDisposable
{
    private readonly ViewServer _server;

    private RunView(ViewServer server) => _server = server;

    /// <summary>Serves a run's folder and opens a browser on it, where the machine has one.</summary>
    /// <param name="folder">The folder, which may still be empty.</param>
    public static async Task<RunView> OpenAsync(string folder)
    {
        var server = await ViewServer.StartAsync(folder, waitsForRuns: true).ConfigureAwait(false);
        var address = RunReader.IsRun(folder) ? $"{server.Address}run/{Uri.EscapeDataString(Path.GetFileName(folder))}" : server.Address;
        await Console.Error.WriteLineAsync($"The run is shown at {address}").ConfigureAwait(false);
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(address) { UseShellExecute = true });
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            await Console.Error.WriteLineAsync("No browser could be opened; the address can be opened by hand.").ConfigureAwait(false);
        }

        return new(server);
    }

    /// <summary>Goes on serving until the user ends it.</summary>
    public async Task StayAsync(CancellationToken cancellation)
    {
        if (!cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"The report stays at {_server.Address} until Ctrl-C.").ConfigureAwait(false);
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
