using System.Runtime.InteropServices;

namespace RnnCompare.Cli.Commands;

/// <summary>Turns the first Ctrl-C, SIGTERM or SIGHUP into a request to end; a second one ends the program at once.</summary>
internal sealed class Interrupt : IDisposable
{
    private static readonly Dictionary<PosixSignal, int> Numbers = new() { [PosixSignal.SIGHUP] = 1, [PosixSignal.SIGINT] = 2, [PosixSignal.SIGTERM] = 15 };

    private const int Spare = 4;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    public Interrupt()
    {
        // Signals are handled by threads of the pool, which work that waits for other work may have taken, all of them.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Spare * workers, completions);
        _registrations = [.. Numbers.Keys.Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    public CancellationToken Token => _source.Token;

    /// <summary>128 and the number of the signal that came; null where none did.</summary>
    public int? ExitCode => _exitCode == 0 ? null : _exitCode;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = Interlocked.CompareExchange(ref _exitCode, ExitCodes.Signal + Numbers[context.Signal], 0) == 0;
        _source.Cancel();
    }
}
