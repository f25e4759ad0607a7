using System.Numerics;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Tests.Shared;

/// <summary>Norm-wise comparison of everything that two engines return.</summary>
internal static class Agreement
{
    public static double Relative<T>(NdArray<T> expected, NdArray<T> actual)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Shape.ToArray(), actual.Shape.ToArray());
        double difference = 0, size = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            var (e, a) = (double.CreateChecked(expected.Data[i]), double.CreateChecked(actual.Data[i]));
            difference += (e - a) * (e - a);
            size += e * e;
        }

        // Both zero agree; a NaN never does.
        return difference == 0 ? 0 : Math.Sqrt(difference / size);
    }

    public static void Require<T>(string name, NdArray<T> expected, NdArray<T> actual, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var relative = Relative(expected, actual);
        Assert.True(relative <= tolerance, $"{name}: relative {relative:E1} > {tolerance:E1}");
    }

    public static void Require<T>(ForwardResult<T> expected, ForwardResult<T> actual, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require("y", expected.Outputs, actual.Outputs, tolerance);
        Require("h", expected.Hidden, actual.Hidden, tolerance);
        Require("final h", expected.FinalState, actual.FinalState, tolerance);
    }

    public static void Require<T>(GradientResult<T> expected, GradientResult<T> actual, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Assert.True(Math.Abs(expected.Loss - actual.Loss) <= tolerance * Math.Abs(expected.Loss), $"loss: {expected.Loss:R}, {actual.Loss:R}");
        Require(expected.Weights, actual.Weights, tolerance);
        Require("dh0", expected.InitialState, actual.InitialState, tolerance);
        if (expected.Inputs is { } dx)
        {
            Require("dx", dx, actual.Inputs!, tolerance);
        }

        if (expected.Hidden is { } expectedHidden && actual.Hidden is { } hidden)
        {
            Require("dh", expectedHidden, hidden, tolerance);
        }
    }

    public static void Require<T>(RnnWeights<T> expected, RnnWeights<T> actual, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (var (e, a) in expected.Tensors.Zip(actual.Tensors))
        {
            Require(e.Name, e.Values, a.Values, tolerance);
        }
    }

    private static void Require<T>(string name, RnnState<T> expected, RnnState<T> actual, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Require(name, expected.Hidden, actual.Hidden, tolerance);
        if (expected.Cell is { } cell)
        {
            Require(name + " (cell)", cell, actual.Cell!, tolerance);
        }
    }
}
