using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace RnnCompare.Numerics;

/// <summary>Some threads that share jobs with the thread that hands them out; idle ones sleep.</summary>
/// <remarks>
/// A job is cut into numbered parts, and it makes no difference to a part which thread computes it. Handing out a job
/// costs some microseconds and allocates nothing.
/// </remarks>
public sealed unsafe class Workers : IDisposable
{
    private readonly object _gate = new();
    private readonly object _finished = new();
    private readonly Thread[] _threads;

    // Not null while a job runs; the rest of the job is guarded by _gate. Its state stays where the caller has it, who waits until the last part is done.
    private object? _body;
    private delegate*<void*, object, int, void> _invoke;
    private void* _state;
    private int _parts;
    private int _next;
    private int _unfinished;
    private int _failedPart;
    private ExceptionDispatchInfo? _failure;
    private bool _isDisposed;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many threads compute, the calling one included; with 1, that is all.</param>
    public Workers(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _threads = new Thread[count - 1];
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"{nameof(Workers)} {i + 1}" };
            _threads[i].Start();
        }
    }

    /// <summary>How many threads compute, the calling one included.</summary>
    public int Count => _threads.Length + 1;

    /// <summary>How many parts a job is worth: as many as have work enough, but no more than there are threads.</summary>
    /// <param name="work">The work of the job, in any unit.</param>
    /// <param name="least">What a part should have at least: less takes less time than it takes to wake a thread.</param>
    public int PartsFor(long work, long least) => (int)Math.Clamp(work / least, 1, Count);

    /// <summary>Divides some elements among parts as evenly as whole numbers allow: the first element of one part, and how many it has.</summary>
    public static (int Start, int Count) Share(int length, int part, int parts)
    {
        var start = (int)((long)length * part / parts);
        return (start, (int)((long)length * (part + 1) / parts) - start);
    }

    /// <summary>Runs all parts of a job and returns when the last is done.</summary>
    /// <param name="parts">The number of parts.</param>
    /// <param name="state">What the parts work on: a variable of the caller.</param>
    /// <param name="body">Computes one part; best a static lambda.</param>
    /// <exception cref="InvalidOperationException">Another job is running: parts cannot hand out jobs to their own workers.</exception>
    /// <exception cref="ObjectDisposedException">The workers are disposed.</exception>
    /// <remarks>Where parts throw, the exception of the lowest is thrown again here.</remarks>
    public void Run<TState>(int parts, ref TState state, WorkerPart<TState> body)
        where TState : allows ref struct
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parts);
        ArgumentNullException.ThrowIfNull(body);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (Interlocked.CompareExchange(ref _body, body, null) != null)
        {
            throw new InvalidOperationException("The workers are running another job.");
        }

        try
        {
            fixed (void* pinned = &Unsafe.As<TState, byte>(ref state))
            {
                Start(&Invoke<TState>, pinned, parts);
                TakeParts();
                WaitForTheLast();
            }

            _failure?.Throw();
        }
        finally
        {
            _body = null;
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Monitor.PulseAll(_gate);
        }

        foreach (var thread in _threads)
        {
            thread.Join();
        }
    }

    private static void Invoke<TState>(void* state, object body, int part)
        where TState : allows ref struct =>
        Unsafe.As<WorkerPart<TState>>(body)(ref Unsafe.As<byte, TState>(ref *(byte*)state), part);

    private void Start(delegate*<void*, object, int, void> invoke, void* state, int parts)
    {
        lock (_gate)
        {
            _invoke = invoke;
            _state = state;
            _failure = null;
            (_parts, _next, _unfinished, _failedPart) = (parts, 0, parts, parts);
            for (var i = Math.Min(parts - 1, _threads.Length); i > 0; i--)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    private void WaitForTheLast()
    {
        lock (_finished)
        {
            while (Volatile.Read(ref _unfinished) > 0)
            {
                Monitor.Wait(_finished);
            }
        }
    }

    private void Work()
    {
        while (true)
        {
            lock (_gate)
            {
                while (_next >= _parts)
                {
                    if (_isDisposed)
                    {
                        return;
                    }

                    Monitor.Wait(_gate);
                }
            }

            TakeParts();
        }
    }

    private void TakeParts()
    {
        while (true)
        {
            int part;
            lock (_gate)
            {
                if (_next >= _parts)
                {
                    return;
                }

                part = _next++;
            }

            try
            {
                _invoke(_state, _body!, part);
            }
#pragma warning disable CA1031 // It is thrown again on the thread that handed out the job.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                KeepFailure(part, exception);
            }

            if (Interlocked.Decrement(ref _unfinished) == 0)
            {
                lock (_finished)
                {
                    Monitor.Pulse(_finished);
                }
            }
        }
    }

    private void KeepFailure(int part, Exception exception)
    {
        lock (_gate)
        {
            if (part < _failedPart)
            {
                (_failedPart, _failure) = (part, ExceptionDispatchInfo.Capture(exception));
            }
        }
    }
}
