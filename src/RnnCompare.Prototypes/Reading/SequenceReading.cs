using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>One way to read the inputs and the initial state.</summary>
/// <param name="Order">T, B and I (or T and B of tokens) in the prototype's order; B is missing where there is one sequence without an axis.</param>
/// <param name="Batch">Inputs and state, in canonical form.</param>
/// <param name="Given">Their arrays.</param>
/// <param name="Sizes">The lengths.</param>
internal sealed record SequenceReading(string Order, SequenceBatch<double> Batch, IReadOnlyList<PrototypeArray<double>> Given, AxisSizes Sizes)
{
    /// <summary>The indices (T, B) where vectors were looked up by them.</summary>
    public NdArray<long>? Tokens { get; init; }

    /// <summary>The tokens (T, B) that follow those of each step, where a prototype saved one text and no targets; otherwise null.</summary>
    public NdArray<long>? NextTokens { get; init; }

    /// <summary>The prototype's array of inputs.</summary>
    public required string Inputs { get; init; }

    /// <summary>Every way that shapes allow.</summary>
    public static IEnumerable<SequenceReading> Of(NamedArrays arrays, NetworkReading network, PrototypeOptions options)
    {
        if (DataNames.Find(arrays, DataRole.Inputs) is not [var inputs, ..])
        {
            yield break;
        }

        var x = arrays[inputs];
        var isTokens = x.Shape.Length is 1 or 2 && x.ElementType is ElementType.Int64 or ElementType.Int32 or ElementType.UInt8;
        foreach (var order in Orders(x.Shape.Length, isTokens).Where(order => options.BatchFirst is not { } first || order.Contains("BT", StringComparison.Ordinal) == first || !order.Contains('B')))
        {
            var lengths = order.Zip(x.Shape.ToArray()).ToDictionary();
            if (x.Shape.Contains(0) || (!isTokens && lengths['I'] != network.InputSize) || (lengths['T'] == 1 && lengths.GetValueOrDefault('B') > 1))
            {
                continue;
            }

            // One text without targets beside it: each token's target is the next.
            var sizes = new AxisSizes(network.Spec, Steps: lengths['T'], BatchSize: lengths.GetValueOrDefault('B', 1));
            var isText = isTokens && lengths['T'] > 1 && network.OutputSize is not null && DataNames.Find(arrays, DataRole.Targets).Count == 0;
            foreach (var steps in isText ? (int[])[sizes.Steps, sizes.Steps - 1] : [sizes.Steps])
            {
                if (Read(arrays, network, inputs, order, isTokens, sizes, steps) is { } reading)
                {
                    yield return reading;
                }
            }
        }
    }

    private static string[] Orders(int rank, bool isTokens) => (rank, isTokens) switch
    {
        (1, true) => ["T"],
        (2, true) => ["TB", "BT"],
        (2, false) => ["TI", "IT"],
        (3, false) => ["TBI", "BTI", "TIB", "IBT", "BIT", "ITB"],
        _ => [],
    };

    private static SequenceReading? Read(NamedArrays arrays, NetworkReading network, string inputs, string order, bool isTokens, AxisSizes sizes, int steps)
    {
        List<PrototypeArray<double>> given = [];
        var (values, tokens, next) = ((SequenceInputs<double>?)null, (NdArray<long>?)null, (NdArray<long>?)null);
        if (isTokens)
        {
            var map = ArrayMap.Create("TB", order, sizes, gates: []);
            tokens = map.Read(arrays.Get<long>(inputs));
            var vocabulary = network.Embedding is { } table ? arrays[table].Shape[0] : network.InputSize;
            if (tokens.Data.Any(token => token < 0 || token >= vocabulary))
            {
                return null;
            }

            if (steps < sizes.Steps)
            {
                (tokens, next, sizes) = (tokens.Cut(0, steps), tokens.Cut(1, sizes.Steps), sizes with { Steps = steps });
            }

            values = network.Embedding is { } vectors ? new(TokenRows.LookUp(arrays.Get<double>(vectors), tokens)) : new(tokens);
        }
        else
        {
            var map = ArrayMap.Create("TBI", order, sizes, gates: []);
            var own = map.Read(arrays.Get<double>(inputs));
            given.Add(new("x", inputs, arrays[inputs], map, own));
            values = new(own);
        }

        var state = RnnState<double>.Zeros(network.Spec, sizes.BatchSize);
        foreach (var (role, tensor, length, destination) in ((DataRole, string, string, NdArray<double>?)[])[(DataRole.Hidden0, "h0", "H", state.Hidden), (DataRole.Cell0, "c0", "K", state.Cell)])
        {
            if (destination is null || DataNames.Find(arrays, role) is not [var name, ..])
            {
                continue;
            }

            if (AxisSizes.SameAxes(arrays[name].Shape, sizes.Shape(length)) && sizes['L'] == 1)
            {
                var one = ArrayMap.Create("LB" + length, length, sizes, gates: []);
                one.Read(arrays.Get<double>(name)).Data.CopyTo(destination.Data, 0);
                given.Add(new(tensor, name, arrays[name], one, destination));
            }
            else if (OwnAxes.Fitting(arrays, name, "LB" + length, sizes, order).FirstOrDefault() is { } own)
            {
                own.Values.Data.CopyTo(destination.Data, 0);
                given.Add(own.As(tensor, arrays[name]));
            }
            else
            {
                return null;
            }
        }

        var lengths = Lengths(arrays, sizes);
        return new(order, new() { Inputs = values, Lengths = lengths, InitialState = given.Exists(array => array.Tensor is "h0" or "c0") ? state : null }, given, sizes) { Inputs = inputs, Tokens = network.Embedding is null ? null : tokens, NextTokens = next };
    }

    // The steps of every sequence, where they fit.
    private static int[]? Lengths(NamedArrays arrays, AxisSizes sizes)
    {
        if (DataNames.Find(arrays, DataRole.Lengths) is not [var name, ..] || arrays[name].IsReal || arrays.Get<long>(name) is not { Rank: 1 } lengths || lengths.Length != sizes.BatchSize)
        {
            return null;
        }

        return lengths.Data.All(length => length >= 1 && length <= sizes.Steps) ? [.. lengths.Data.Select(length => (int)length)] : null;
    }
}
