using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.SystemTorch.Tests;

/// <summary>Tensors of random numbers, and how far two tensors are apart.</summary>
internal static class Values
{
    /// <summary>Float64, uniform in ±1.</summary>
    public static Tensor Uniform(Random random, params long[] shape)
    {
        var values = Array.CreateInstance(typeof(double), shape);
        var flat = new double[values.Length];
        for (int i = 0; i < flat.Length; i++) flat[i] = (2 * random.NextDouble()) - 1;
        Buffer.BlockCopy(flat, 0, values, 0, Buffer.ByteLength(flat));
        return from_array(values);
    }

    public static Parameter Parameter(Random random, params long[] shape) => new(Uniform(random, shape));

    public static double[] Of(Tensor tensor) => tensor.data<double>().ToArray();

    /// <summary>The count of live tensors without those that earlier tests left to the collector.</summary>
    public static long LiveTensorsAfterCollection()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return SystemLibrary.LiveTensors;
    }

    /// <summary>‖actual − expected‖ / ‖expected‖, after their shapes were found equal.</summary>
    public static double RelativeError(Tensor actual, Tensor expected)
    {
        Assert.Equal(expected.shape, actual.shape);
        using IDisposable unrecorded = no_grad();
        using var scope = NewDisposeScope();
        double error = (actual - expected).norm().item<double>();
        return error == 0 ? 0 : error / expected.norm().item<double>();
    }

    public static void AssertClose(Tensor expected, Tensor actual, double tolerance = 1e-13) =>
        Assert.InRange(RelativeError(actual, expected), 0, tolerance);
}
