using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Turns the reading that was found into a prototype in canonical form.</summary>
internal sealed class TriedPrototype(NamedArrays arrays, GradientNames names, PrototypeOptions options, Candidate candidate, ReadingReport report)
{
    private readonly NetworkReading _network = candidate.Trial.Network;
    private readonly SequenceReading _sequence = candidate.Trial.Sequence;
    private readonly HashSet<string> _used = [];

    /// <summary>The prototype.</summary>
    public SavedPrototype Build()
    {
        var goal = candidate.Goal;
        var spec = _network.Spec with { Outputs = goal.Outputs, Loss = goal.Loss };
        var sizes = _sequence.Sizes;
        var scale = candidate.Scale.Factor;
        var isMean = goal.Counting is null && scale == 1 / goal.Counted(_sequence);
        spec = spec with { Reduction = isMean ? Reduction.Mean : Reduction.Sum };
        var weights = _network.ReadWeights(arrays, spec);
        var batch = _sequence.Batch with
        {
            Targets = goal.Targets,
            LossWeights = goal.Targets is null || isMean || (goal.Counting is null && scale == 1) ? null : LossWeights(goal, sizes, scale),
        };

        foreach (var name in _network.Arrays.Append(_sequence.Inputs).Concat(goal.Arrays))
        {
            RequireFinite(name);
        }

        var (claims, missing) = Gradients(weights);
        List<PrototypeArray<double>> all = [.. Forward(goal, weights), .. Others(goal), .. Derived(goal), .. claims];
        _used.UnionWith([.. _network.Arrays, _sequence.Inputs, .. _sequence.Given.Select(array => array.Name), .. goal.Arrays]);
        if (_sequence.Batch.Lengths is not null)
        {
            Use(DataNames.Find(arrays, DataRole.Lengths)[0]);
        }

        if (_sequence.Tokens is not null && arrays.TryGet(TensorNames.Gradient(_network.Embedding!), out var table))
        {
            var name = Use(TensorNames.Gradient(_network.Embedding!));
            all.Add(new(SavedPrototype.TableGradient, names.Own(name), table, [.. Enumerable.Range(0, arrays.Get<double>(name).Length)], arrays.Get<double>(name)));
        }

        return new()
        {
            Convention = ConventionTable.Canonical,
            Options = options,
            Layout = spec.Cell is EquationCell ? new(ConventionTable.Canonical, spec, names: new Dictionary<string, string>()) : new(ConventionTable.Canonical, spec),
            Weights = weights,
            Batch = batch,
            Upstream = goal.Upstream,
            Given = [.. Weights(weights), .. _sequence.Given.Select(array => array.Called(names.Own(array.Name)))],
            Claims = all,
            MissingGradients = missing,
            Ignored = [.. arrays.Names.Where(name => name != ArrayNames.Meta && !_used.Contains(name) && !DataNames.Of(name, arrays[name]).Contains(DataRole.LearningRate)).Select(names.Own)],
            Scale = candidate.Scale,
            Reading = report,
            Tokens = _sequence.Tokens,
            Table = _sequence.Tokens is not null ? Table(_network.Embedding!) : null,
            Cancellation = claims.Where(claim => names.Cancellation.ContainsKey(claim.Tensor)).ToDictionary(claim => claim.Tensor, claim => names.Cancellation[claim.Tensor]),
            Turned = _network.Blocks.Where(block => block.Order != BlockOrder.OutputsFirst).SelectMany(block => block.Tensors).SelectMany(tensor => (string[])[tensor, TensorNames.Gradient(tensor)]).ToHashSet(),
        };
    }

    private PrototypeArray<double> Table(string name)
    {
        var values = arrays.Get<double>(name);
        return new("table", names.Own(name), arrays[name], [.. Enumerable.Range(0, values.Length)], values);
    }

    private static NdArray<double> LossWeights(Goal goal, AxisSizes sizes, double scale)
    {
        var weights = goal.Outputs == OutputMode.EveryStep ? new NdArray<double>(sizes.Steps, sizes.BatchSize) : new(sizes.BatchSize);
        for (var i = 0; i < weights.Length; i++)
        {
            weights.Data[i] = scale * (goal.Counting?.Data[i] ?? 1);
        }

        return weights;
    }

    private IEnumerable<PrototypeArray<double>> Forward(Goal goal, RnnWeights<double> weights)
    {
        foreach (var found in candidate.Trial.Evidence.Where(found => found.Own is not null).DistinctBy(found => found.Tensor))
        {
            var lastOnly = found.Tensor is "y" or "p" && found.Own!.Values.Rank == 2;
            if (goal.Upstream is not null && found.Tensor is "y" or "p")
            {
                // The output layer has no part in a given adjoint; that it is met was evidence.
                _ = found.Distance <= Trial.Met ? Use(found.Name) : null;
                continue;
            }

            if (lastOnly == (goal.Outputs == OutputMode.LastStep) || found.Tensor is "h" or "hT" or SavedPrototype.AllStates)
            {
                yield return found.Own!.As(found.Tensor, arrays[Use(found.Name)], names.Own(found.Name));
            }
        }

        if (goal.Targets is not null && DataNames.Find(arrays, DataRole.Loss) is [var loss, ..])
        {
            var stated = arrays.Get<double>(loss);
            var decayed = stated.Data[0] - (candidate.Decay * WeightDecay.HalfSquares(weights));
            yield return new("loss", loss, arrays[Use(loss)], [0], new NdArray<double>([decayed]));
        }
    }

    // The gradients of inputs and states.
    private IEnumerable<PrototypeArray<double>> Others(Goal goal)
    {
        foreach (var (role, tensor, axes) in ((DataRole, string, string)[])
            [(DataRole.Inputs, "dx", "TBI"), (DataRole.Hidden0, "dh0", "LBH"), (DataRole.Cell0, "dc0", "LBK"), (DataRole.Hidden, "dh", "LTBH")])
        {
            if ((tensor == "dc0" && !_network.Cell.HasCellState) || (tensor == "dx" && _sequence.Batch.Inputs.Values is null) || (tensor == "dh" && (goal.Upstream is not null || _network.Layers > 1)))
            {
                continue;
            }

            var found = arrays.Names.FirstOrDefault(name => name is ['d', ..] && !goal.Arrays.Contains(name) && DataNames.Of(name[1..], arrays[name]).Contains(role));
            if (found is not null && OwnAxes.Fitting(arrays, found, axes, _sequence.Sizes, _sequence.Order).FirstOrDefault() is { } own)
            {
                yield return own.As(tensor, arrays[Use(found)], names.Own(found));
            }
        }
    }

    // The gradient of the outputs, and the cell states of all steps.
    private IEnumerable<PrototypeArray<double>> Derived(Goal goal)
    {
        if (goal.Targets is not null && arrays.Names.FirstOrDefault(DataNames.IsOutputGradient) is { } name && Own(name, goal.Outputs == OutputMode.EveryStep ? "TBO" : "BO") is { } dy)
        {
            yield return dy.As(SavedPrototype.OutputGradient, arrays[Use(name)], names.Own(name));
        }

        if (_network.Cell is LstmCell && _network.Layers == 1 && !_network.Spec.Bidirectional && _sequence.Batch.Lengths is null
            && DataNames.Find(arrays, DataRole.Cells).FirstOrDefault(cells => !_used.Contains(cells) && arrays[cells].Shape.Length > 1) is { } states && Own(states, "TBH") is { } c)
        {
            yield return c.As(SavedPrototype.CellStates, arrays[Use(states)], names.Own(states));
        }

        OwnAxes? Own(string array, string axes) => OwnAxes.Fitting(arrays, array, axes, _sequence.Sizes with { Spec = _network.Spec }, _sequence.Order).FirstOrDefault();
    }

    private (List<PrototypeArray<double>> Claims, List<string> Missing) Gradients(RnnWeights<double> weights)
    {
        List<PrototypeArray<double>> claims = [];
        var given = GradientClaims.Of(arrays, _network).ToDictionary(claim => claim.Tensor);
        List<string> missing = [];
        foreach (var tensor in _network.Tensors.Where(tensor => candidate.Goal.Upstream is null || tensor is not (TensorNames.Why or TensorNames.By)))
        {
            if (!given.TryGetValue(tensor, out var claim))
            {
                missing.Add(TensorNames.Gradient(tensor));
                continue;
            }

            var decay = WeightDecay.AppliesTo(tensor, weights) ? candidate.Decay : 0;
            var values = claim.Values(candidate.Sum.Weights, candidate.Scale.Factor, decay, weights);
            claims.Add(claim.As(Label(tensor, claim.Names.Select(names.Own)), arrays, values, names.Own));
            _used.UnionWith(claim.Names);
            if (claim.Missing.Count > 0)
            {
                missing.AddRange(claim.Missing.Select(TensorNames.Gradient));
            }
        }

        return (claims, missing);
    }

    private IEnumerable<PrototypeArray<double>> Weights(RnnWeights<double> weights)
    {
        foreach (var tensor in _network.Tensors)
        {
            string[] owners = [.. _network.Blocks.Where(block => block.Tensors.Contains(tensor)).Select(block => block.Array)];
            var values = tensor.StartsWith(SecondBias.Name, StringComparison.Ordinal) ? SecondBiasOf(tensor) : weights[tensor];
            var (owner, position) = (new int[values.Length], new int[values.Length]);
            foreach (var block in _network.Blocks.Where(block => block.Tensors.Contains(tensor)))
            {
                foreach (var (canonical, place, _) in block.Places(tensor))
                {
                    (owner[canonical], position[canonical]) = (Array.IndexOf(owners, block.Array), place);
                }
            }

            yield return new(tensor, Label(tensor, owners), owners.Min(name => arrays[name].ElementType), values, [.. owners.Select(name => (name, (int[])[.. arrays[name].Shape]))], owner, position)
            {
                GradientName = Label(tensor, owners.Select(TensorNames.Gradient)),
            };
        }
    }

    // The weights have it in their first.
    private NdArray<double> SecondBiasOf(string tensor)
    {
        var places = _network.Blocks.Where(block => block.Tensors.Contains(tensor)).SelectMany(block => block.Places(tensor).Select(place => (place.Canonical, Value: _network.Sign(place.Gate, tensor) * arrays.Get<double>(block.Array).Data[place.Own])));
        double[] values = [.. places.OrderBy(place => place.Canonical).Select(place => place.Value)];
        return new(values, values.Length);
    }

    // What messages call a tensor: its arrays, and which part of them where they hold more.
    private string Label(string tensor, IEnumerable<string> arrayNames)
    {
        var isPart = _network.Blocks.Any(block => block.Tensors.Contains(tensor) && block.Segments.Count > 1);
        var part = tensor.StartsWith("Wx", StringComparison.Ordinal) ? "x" : tensor.StartsWith(TensorNames.Whh, StringComparison.Ordinal) ? "h" : "bias";
        return string.Join(", ", arrayNames) + (isPart ? $" ({part} part)" : "");
    }

    private void RequireFinite(string name)
    {
        if (arrays[name].IsReal)
        {
            var values = arrays.Get<double>(name);
            var position = Array.FindIndex(values.Data, value => !double.IsFinite(value));
            if (position >= 0)
            {
                throw ArrayName.Refuse(arrays.Source, $"{name}[{string.Join(",", values.IndexOf(position))}] is {values.Data[position]}, expected a finite number.");
            }
        }
    }

    private string Use(string name)
    {
        _used.Add(name);
        return name;
    }
}
