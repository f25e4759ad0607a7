using RnnCompare.Data;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Reads a prototype whose names and shapes say which convention it follows.</summary>
/// <remarks>
/// Beside weights under the names of a convention: <c>x</c>, <c>targets</c> (or a given adjoint <c>dh</c> in their place), optionally
/// <c>h0</c>, <c>c0</c>, <c>lengths</c>; results <c>loss</c>, <c>y</c> (logits), <c>p</c> (probabilities), <c>h</c>, and gradients as
/// <c>d</c> or <c>grad.</c> and the name; <c>meta</c>, a JSON object with keys of <see cref="PrototypeOptions"/>.
/// </remarks>
internal sealed class ConventionReader
{
    private readonly NamedArrays _arrays;
    private readonly PrototypeOptions _options;
    private readonly NetworkFit _fit;
    private readonly SequenceOrder _order;
    private readonly SequenceArrays _sequences;

    private readonly GradientNames _names;

    private ConventionReader(GradientNames names, PrototypeOptions options)
    {
        (_names, _arrays, _options) = (names, names.Arrays, options);
        _fit = ConventionChoice.Find(_arrays, _options);
        _order = SequenceOrder.Find(_arrays, Convention, _fit.Spec!, _options);
        _sequences = new(_arrays, Convention, _order);
    }

    private Convention Convention => _fit.Names.Convention;

    /// <summary>Reads it.</summary>
    /// <param name="names">What it saved, with the gradients found.</param>
    /// <param name="options">How it is meant.</param>
    /// <exception cref="InvalidDataException">An array is missing or does not fit, or the arrays leave open what they mean; one line says which and what was expected.</exception>
    public static SavedPrototype Read(GradientNames names, PrototypeOptions options) => new ConventionReader(names, options).Read();

    /// <summary>Whether names and shapes are those of a network in one of the conventions.</summary>
    public static bool Knows(NamedArrays arrays, PrototypeOptions options)
    {
        try
        {
            return ConventionChoice.Find(arrays, options).Spec is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private SavedPrototype Read()
    {
        var (targets, upstream, spec) = Goal();
        var layout = Layout(spec with { Reduction = Reduction.Sum });
        List<PrototypeArray<double>> given = [.. layout.Places.Select(place => Weight(place.Tensor, place.Array, place))];
        var batch = new SequenceBatch<double>
        {
            Inputs = Inputs(given),
            Targets = targets,
            Lengths = _sequences.Lengths,
            InitialState = InitialState(given),
        };
        given.ForEach(_sequences.RequireFinite);

        var claims = Claims(spec.Outputs, hasUpstream: upstream is not null);
        List<string> missing = [];
        foreach (var place in layout.Places)
        {
            if (ArrayNames.Gradient(_arrays, Convention, place.Array) is { } gradient)
            {
                claims.Add(Weight(TensorNames.Gradient(place.Tensor), gradient, place));
            }
            else
            {
                missing.Add(TensorNames.Gradient(place.Tensor));
            }
        }

        var loss = claims.Find(claim => claim.Tensor == ArrayNames.Loss)?.Values.Data[0];
        var scale = ReductionChoice.Find(_arrays.Source, layout.ReadWeights<double>(_arrays), batch, loss, _options);
        var isMean = scale.Factor == 1.0 / batch.CountedOutputs(spec.Outputs);
        layout = Layout(spec with { Reduction = isMean ? Reduction.Mean : Reduction.Sum });
        batch = isMean || scale.Factor == 1 ? batch : batch with { LossWeights = scale.Weights(layout.Spec, batch) };
        return new()
        {
            Scale = scale,
            Convention = Convention,
            Options = _options,
            Layout = layout,
            Weights = layout.ReadWeights<double>(_arrays),
            Batch = batch,
            Upstream = upstream,
            Given = given,
            Claims = claims,
            MissingGradients = missing,
            Cancellation = claims.Select(claim => claim.Tensor).Where(_names.Cancellation.ContainsKey).ToDictionary(tensor => tensor, tensor => _names.Cancellation[tensor]),
            Ignored = [.. _arrays.Names.Select(_names.Own).Except([ArrayNames.Meta, .. _sequences.Used.Select(_names.Own), .. given.Concat(claims).Select(array => array.Name)])],
        };
    }

    private WeightLayout Layout(RnnSpec spec) => new(Convention, spec, _fit.Names.Arrays);

    private PrototypeArray<double> Weight(string tensor, string name, TensorPlace place)
    {
        var own = _arrays[name];
        if (!place.Fits(own.Shape))
        {
            throw new ArrayName(_arrays.Source, name).Refuse($"is {own.ShapeText}, expected ({string.Join(", ", place.Shape)}), the shape of {place.Array}.");
        }

        return new(tensor, _names.Own(name), own, place.Map, place.Map.Read(_arrays.Get<double>(name)));
    }

    private SequenceInputs<double> Inputs(List<PrototypeArray<double>> given)
    {
        if (_order.IsTokens)
        {
            var tokens = _sequences.Read<long>(ArrayNames.Inputs, ArrayNames.Inputs, "TB");
            _sequences.RequireRange(tokens, 0, _fit.Spec!.InputSize - 1);
            return new(tokens.Values);
        }

        var vectors = _sequences.Read<double>(ArrayNames.Inputs, ArrayNames.Inputs, "TBI");
        given.Add(vectors);
        return new(vectors.Values);
    }

    private RnnState<double>? InitialState(List<PrototypeArray<double>> given)
    {
        var h0 = _sequences.Read<double>(ArrayNames.Hidden0, OutputMode.EveryStep);
        var c0 = _fit.Spec!.Cell.HasCellState ? _sequences.Read<double>(ArrayNames.Cell0, OutputMode.EveryStep) : null;
        given.AddRange(((PrototypeArray<double>?[])[h0, c0]).OfType<PrototypeArray<double>>());
        var zeros = RnnState<double>.Zeros(_fit.Spec, _order.Sizes.BatchSize);
        return h0 is null && c0 is null ? null : new() { Hidden = h0?.Values ?? zeros.Hidden, Cell = c0?.Values ?? zeros.Cell };
    }

    // What the gradients are of: a loss on targets, or a given adjoint.
    private (SequenceTargets<double>? Targets, NdArray<double>? Upstream, RnnSpec Spec) Goal()
    {
        if (_sequences.Find(ArrayNames.Targets) is not null)
        {
            var (targets, spec) = new TargetReader(_arrays, _sequences, _order, _options).Read(_fit.Spec!);
            return (targets, null, spec);
        }

        if (_sequences.Find(TensorNames.Gradient(ArrayNames.Hidden)) is not { } name)
        {
            throw ArrayName.Refuse(_arrays.Source, $"{ArrayNames.Targets} are missing, and there is no d{ArrayNames.Hidden} to start from in their place.");
        }

        var upstream = _sequences.Read<double>(TensorNames.Gradient(ArrayNames.Hidden), name, "TBF");
        _sequences.RequireFinite(upstream);
        return (null, upstream.Values, _fit.Spec! with { Outputs = _options.Outputs ?? OutputMode.EveryStep });
    }

    private List<PrototypeArray<double>> Claims(OutputMode outputs, bool hasUpstream)
    {
        List<string> tensors = [ArrayNames.Loss, ArrayNames.Outputs, ArrayNames.Probabilities, ArrayNames.Hidden];
        AddGradient(ArrayNames.Hidden, !hasUpstream);
        AddGradient(ArrayNames.Inputs, !_order.IsTokens);
        AddGradient(ArrayNames.Hidden0, true);
        AddGradient(ArrayNames.Cell0, _fit.Spec!.Cell.HasCellState);
        return [.. tensors.Select(tensor => _sequences.Read<double>(tensor, outputs)).OfType<PrototypeArray<double>>()];

        void AddGradient(string tensor, bool exists) => tensors.AddRange(exists ? [TensorNames.Gradient(tensor)] : []);
    }
}
