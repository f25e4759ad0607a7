using RnnCompare.Models;
using RnnCompare.Torch.Cells;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>The equations of <see cref="RnnSpec"/> as a module that loops over time.</summary>
internal sealed class LoopNetwork : TorchNetwork
{
    private readonly RnnSpec _spec;
    private readonly TorchStep _step;
    private readonly Dictionary<string, Parameter> _byName = [];

    /// <summary>Creates the module.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="weights">A tensor for each of the network's, taken over.</param>
    public LoopNetwork(RnnSpec spec, IEnumerable<(string Name, Tensor Values)> weights)
        : base("LoopNetwork")
    {
        _spec = spec;
        _step = TorchCell.Of(spec.Cell);
        foreach (var (name, values) in weights)
        {
            var parameter = nn.Parameter(values);
            _byName.Add(name, parameter);

            // A dot separates modules in the names of parameters.
            register_parameter(name.Replace('.', '_'), parameter);
        }

        Parts = [.. _byName.Values.Select(parameter => new ParameterPart(parameter))];
    }

    public override IReadOnlyList<ParameterPart> Parts { get; }

    public override Parameter Why => _byName[TensorNames.Why];

    public override Parameter by => _byName[TensorNames.By];

    public override TorchPass Run(TorchInputs inputs, bool keepStates)
    {
        var active = ActiveRows(inputs);
        var (hidden, cell) = (inputs.Hidden.unbind(0), inputs.Cell?.unbind(0));
        var states = new List<Tensor[]>();
        Tensor? features = null;
        for (var layer = 0; layer < _spec.Layers; layer++)
        {
            var directions = new List<Tensor>();
            for (var direction = 0; direction < _spec.Directions; direction++)
            {
                var index = (layer * _spec.Directions) + direction;
                var suffix = TensorNames.Suffix(layer, direction == 1);
                var projected = Project(features, inputs, suffix).view(inputs.Steps, inputs.BatchSize, _spec.GateRows).unbind(0);
                var steps = new Tensor[inputs.Steps];
                for (var order = 0; order < inputs.Steps; order++)
                {
                    var t = direction == 1 ? inputs.Steps - 1 - order : order;
                    (hidden[index], var c) = Step(projected[t], hidden[index], cell?[index], active?[t], suffix);
                    if (cell is not null)
                    {
                        cell[index] = c!;
                    }

                    if (keepStates)
                    {
                        hidden[index].retain_grad();
                    }

                    steps[t] = hidden[index];
                }

                states.Add(steps);
                directions.Add(stack(steps, 0));
            }

            features = directions.Count == 1 ? directions[0] : cat(directions, 2);
        }

        return new(features!, stack(hidden, 0), cell is null ? null : stack(cell, 0), states);
    }

    // x·Wxhᵀ + bh for all steps at once (T·B, G·H); tokens are row look-ups.
    private Tensor Project(Tensor? below, TorchInputs inputs, string suffix)
    {
        var (Wxh, bh) = (_byName[TensorNames.Wxh + suffix], _byName[TensorNames.Bh + suffix]);
        if (below is null && inputs.Tokens is { } tokens)
        {
            return Wxh.t().index_select(0, tokens) + bh;
        }

        return nn.functional.linear((below ?? inputs.Values!).reshape(inputs.Steps * inputs.BatchSize, -1), Wxh, bh);
    }

    private (Tensor Hidden, Tensor? Cell) Step(Tensor z, Tensor h, Tensor? c, Tensor? active, string suffix)
    {
        var bhn = _spec.Cell.HasCandidateBias ? _byName[TensorNames.Bhn + suffix] : null;
        var (hidden, cell) = _step(z, h, c, _byName[TensorNames.Whh + suffix], bhn);
        return active is null ? (hidden, cell) : (hidden.where(active, h), cell?.where(active, c!));
    }

    // For each step, which sequences have not ended (B, 1); null where none ends before T.
    private static Tensor[]? ActiveRows(TorchInputs inputs)
    {
        if (inputs.Lengths is not { } lengths)
        {
            return null;
        }

        return (arange(inputs.Steps).unsqueeze(1) < from_array(lengths.Select(length => (long)length).ToArray())).unsqueeze(2).unbind(0);
    }
}
