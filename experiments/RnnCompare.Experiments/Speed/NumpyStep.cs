using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace RnnCompare.Experiments.Speed;

/// <summary>The training step of a vectorised NumPy prototype (<c>experiments/numpy/training_step.py</c>), in a process of its own.</summary>
internal sealed class NumpyStep : ITimedStep
{
    private static readonly string[] SlowingVariables = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

    private readonly Process _python;
    private readonly int _stepsOfBurst;

    private NumpyStep(string python, SpeedCase speedCase, int threads)
    {
        Threads = threads;
        string[] sizes = [.. new[] { speedCase.Steps, speedCase.BatchSize, speedCase.InputSize, speedCase.HiddenSize, speedCase.OutputSize }
            .Select(size => size.ToString(CultureInfo.InvariantCulture))];
        var start = new ProcessStartInfo(python, ["-c", ShippedData.Read("training_step.py"), speedCase.Cell.Name, .. sizes, speedCase.Tokens ? "TOKENS" : "VECTORS"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" })
        {
            start.Environment[variable] = threads.ToString(CultureInfo.InvariantCulture);
        }

        // Set where older OpenBLAS builds need it, it keeps newer ones from their best kernels.
        Array.ForEach(SlowingVariables, variable => start.Environment.Remove(variable));

        // glibc returns large temporaries to the system at once, and each then costs page faults again: up to four times the step.
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = start.Environment["MALLOC_TRIM_THRESHOLD_"] = "1000000000";
        try
        {
            _python = Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new InputException($"--numpy: '{python}' cannot be started: {error.Message}.");
        }

        if (_python.StandardOutput.ReadLine()?.Split(' ', 3) is not ["ready", var version, var blas])
        {
            _python.Dispose();
            throw new InputException($"--numpy: '{python}' cannot run the prototype; it needs Python 3 with NumPy.");
        }

        Library = $"numpy {version} over {blas}";

        _stepsOfBurst = Math.Max(1, (int)(ThreadedEngine.Burst.TotalSeconds / SecondsOfSteps(3)));
    }

    /// <summary>The variables of this environment that the prototype runs without.</summary>
    public static IReadOnlyList<string> RemovedVariables => [.. SlowingVariables.Where(variable => Environment.GetEnvironmentVariable(variable) is not null)];

    /// <summary>What computes, for reports.</summary>
    public string Library { get; }

    public string Name => "numpy";

    public int Threads { get; }

    /// <summary>The prototype at whatever thread count makes it fastest.</summary>
    public static NumpyStep Fastest(string python, SpeedCase speedCase)
    {
        return FastestOf.Threads(threads => new NumpyStep(python, speedCase, threads));
    }

    public double SecondsOfStep() => SecondsOfSteps(_stepsOfBurst);

    public void Dispose()
    {
        _python.StandardInput.Close();
        _python.WaitForExit();
        _python.Dispose();
    }

    private double SecondsOfSteps(int steps)
    {
        _python.StandardInput.WriteLine(steps.ToString(CultureInfo.InvariantCulture));
        _python.StandardInput.Flush();
        return double.Parse(_python.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }
}
