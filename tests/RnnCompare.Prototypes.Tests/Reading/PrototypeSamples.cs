using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Prototypes.Tests.Reading;

/// <summary>Prototypes of T = 5 steps, and what a test changes in them.</summary>
internal static class PrototypeSamples
{
    public static (SavedPrototype Prototype, NamedArrays Arrays) Write(Convention convention, RnnSpec spec, int batchSize, PrototypeOptions? options = null)
    {
        var weights = Samples.Weights<double>(spec, seed: 1);
        var writer = PrototypeWriter.Create(convention, weights, Samples.Batch<double>(spec, steps: 5, batchSize, seed: 2));
        writer.AddGradients(Samples.Weights<double>(spec, seed: 3));
        int[] outputs = spec.Outputs == OutputMode.EveryStep ? [5, batchSize, spec.OutputSize] : [batchSize, spec.OutputSize];
        writer.Add("y", Samples.Normal<double>(new(4), 1, outputs));
        writer.Add("h", Samples.Normal<double>(new(5), 1, 5, batchSize, spec.FeatureSize));
        writer.Add("loss", new NdArray<double>([1.5]));
        return (PrototypeReader.Read(writer.Arrays, options), writer.Arrays);
    }

    public static NamedArrays Without(this NamedArrays arrays, params string[] names)
    {
        var others = new NamedArrays();
        foreach (var (name, array) in arrays.Where(entry => !names.Contains(entry.Key)))
        {
            others.Add(name, array);
        }

        return others;
    }

    public static NamedArrays With<T>(this NamedArrays arrays, string name, NdArray<T> values)
        where T : unmanaged
    {
        var changed = arrays.Without(name);
        changed.Add(name, values);
        return changed;
    }

    public static NamedArrays With(this NamedArrays arrays, string name, string text)
    {
        var changed = arrays.Without(name);
        changed.Add(name, text);
        return changed;
    }

    public static NamedArrays Renamed(this NamedArrays arrays, string name, string other)
    {
        var changed = arrays.Without(name);
        changed.Add(other, arrays[name]);
        return changed;
    }

    public static NamedArrays Reshaped(this NamedArrays arrays, string name, params int[] shape)
    {
        return arrays[name].ElementType == ElementType.Int64
            ? arrays.With(name, arrays.Get<long>(name).Reshape(shape))
            : arrays.With(name, arrays.Get<double>(name).Reshape(shape));
    }
}
