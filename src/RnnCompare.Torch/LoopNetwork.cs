using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Torch.Cells;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>The equations of <see cref="RnnSpec"/> as a module that loops over time.</summary>
internal sealed class LoopNetwork : TorchNetwork
{
    private readonly RnnSpec _spec;
    private readonly CellEquations _equations;
    private readonly Dictionary<string, Parameter> _byName = [];

    /// <summary>Creates the module.</summary>
    /// <param name="spec">The network.</param>
    /// <param name="weights">A tensor for each of the network's, taken over.</param>
    public LoopNetwork(RnnSpec spec, IEnumerable<(string Name, Tensor Values)> weights)
        : base("LoopNetwork")
    {
        _spec = spec;
        _equations = EquationCell.EquationsOf(spec.Cell);
        _equations.RequireSizes(spec);
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
                var current = StatesOf(hidden[index], cell?[index]);
                var step = CellOf(layer, direction == 1, features, inputs);
                var steps = new Tensor[inputs.Steps];
                for (var order = 0; order < inputs.Steps; order++)
                {
                    var t = direction == 1 ? inputs.Steps - 1 - order : order;
                    var next = step.Step(t, current);
                    current = active is null ? next : [.. next.Select((state, i) => state.where(active[t], current[i]))];
                    if (keepStates)
                    {
                        // Behind a function that nothing flows back through, a state begins a graph of its own.
                        current[0].requires_grad_(true);
                        current[0].retain_grad();
                    }

                    steps[t] = current[0];
                }

                hidden[index] = current[0];
                if (cell is not null)
                {
                    cell[index] = current.Length == 2 ? current[1] : cat([.. current.Skip(1)], 1);
                }

                states.Add(steps);
                directions.Add(stack(steps, 0));
            }

            features = directions.Count == 1 ? directions[0] : cat(directions, 2);
        }

        return new(features!, stack(hidden, 0), cell is null ? null : stack(cell, 0), states);
    }

    private TorchCell CellOf(int layer, bool reverse, Tensor? below, TorchInputs inputs)
    {
        var suffix = TensorNames.Suffix(layer, reverse);
        var size = _spec.LayerInputSize(layer);
        var weights = new TorchWeights(_equations, name => _byName[name + suffix], size, _spec.HiddenSize);
        return new(_equations, weights, below is null && inputs.Tokens is { } tokens ? tokens : (below ?? inputs.Values!).reshape(-1, size), inputs.BatchSize);
    }

    // The first state is the hidden state, the others stand side by side in the cell state.
    private Tensor[] StatesOf(Tensor hidden, Tensor? cell)
    {
        if (cell is null || _equations.States.Count == 2)
        {
            return cell is null ? [hidden] : [hidden, cell];
        }

        var letters = _equations.LettersFor(_spec.InputSize, _spec.HiddenSize);
        var (states, start) = (new List<Tensor> { hidden }, 0L);
        foreach (var state in _equations.States.Skip(1))
        {
            var length = state.Length.Evaluate(letters);
            states.Add(cell.narrow(1, start, length));
            start += length;
        }

        return [.. states];
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
