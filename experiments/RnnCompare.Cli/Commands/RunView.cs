using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using RnnCompare.View;

namespace RnnCompare.Cli.Commands;

/// <summary>Shows a run in the browser while it trains, and afterwards until Ctrl-C.</summary>
internal sealed class RunView : IAsyncDisposable
{
    private readonly ViewServer _server;
    private readonly TextWriter _progress;
    private readonly string _address;

    private RunView(ViewServer server, string address, TextWriter progress) => (_server, _address, _progress) = (server, address, progress);

    /// <summary>Serves a run's folder and opens a browser on it, where the machine has one.</summary>
    /// <param name="folder">The folder, with the run's config in it.</param>
    /// <param name="progress">Where the address is told.</param>
    public static async Task<RunView> OpenAsync(string folder, TextWriter progress)
    {
        var server = await ViewServer.StartAsync(folder).ConfigureAwait(false);
        var address = $"{server.Address}run/{Uri.EscapeDataString(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)))}";
        await progress.WriteLineAsync($"The run is shown at {address}").ConfigureAwait(false);
        if (Open(address) is { } reason)
        {
            await progress.WriteLineAsync($"No browser could be opened ({reason}); the address can be opened by hand.").ConfigureAwait(false);
        }

        return new(server, address, progress);
    }

    /// <summary>Goes on serving until the user ends it, unless that has been asked for already.</summary>
    public async Task StayAsync(ParseResult parsed)
    {
        if (!parsed.Cancellation().IsCancellationRequested)
        {
            await _progress.WriteLineAsync($"The report stays at {_address} until Ctrl-C.").ConfigureAwait(false);
            await parsed.WaitForTheEnd().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // On Linux the desktop's own opener, whose chatter on the terminal nobody needs; without a desktop there is nothing to open.
    private static string? Open(string address)
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("DISPLAY") is null && Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is null && Environment.GetEnvironmentVariable("BROWSER") is null)
        {
            return "this session has no display";
        }

        try
        {
            using var browser = Process.Start(OperatingSystem.IsLinux()
                ? new ProcessStartInfo("xdg-open", [address]) { RedirectStandardOutput = true, RedirectStandardError = true }
                : new ProcessStartInfo(address) { UseShellExecute = true });
            return null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            return e.Message;
        }
    }
}
