using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Prototypes.Tests.Reading;

public class StateDictTests
{
    private static readonly RnnSpec Lstm = new() { Cell = LstmCell.Instance, InputSize = 4, HiddenSize = 5, OutputSize = 3 };

    [Fact]
    public void Read_GivesBackEveryNetworkBitForBit()
    {
        RandomCase.ForAll(50, c => c.Weights.Tensors.Zip(StateDict.Read<double>(StateDict.Of(c.Weights), c.Spec).Tensors)
            .All(pair => pair.First.Name == pair.Second.Name && pair.First.Values.Data.SequenceEqual(pair.Second.Values.Data)));
    }

    [Fact]
    public void Read_TakesModulesOfAnyNameAndAddsTheSecondBias()
    {
        var weights = Samples.Weights<float>(Lstm, seed: 3);
        var arrays = Edited(weights, (name, values) =>
        {
            if (name == "bias_hh_l0")
            {
                values.Span.Fill(0.5f);
            }

            return name.StartsWith("fc.", StringComparison.Ordinal) ? $"head{name[2..]}" : $"encoder.rnn.{name}";
        });

        var read = StateDict.Read<float>(arrays, Lstm);
        Assert.Equal(weights.Whh.Data, read.Whh.Data);
        Assert.Equal(weights.bh.Data.Select(value => value + 0.5f), read.bh.Data);
        Assert.Equal(weights.Why.Data, read.Why.Data);
        Assert.Equal(weights.by.Data, read.by.Data);
    }

    [Theory]
    [InlineData("bias_ih_l0", null, "bias_ih_l0 is missing, expected (20) for lstm with I=4 H=5 O=3; found weight_ih_l0, weight_hh_l0, bias_hh_l0, fc.weight, fc.bias.")]
    [InlineData("fc.bias", null, "fc.bias is missing, expected (3) for lstm with I=4 H=5 O=3; found ")]
    [InlineData("weight_hh_l0", null, "weight_ih_l0 is missing, expected (20, 4) for lstm with I=4 H=5 O=3; found ")]
    [InlineData("weight_hh_l0", "weight_hh_l1", "weight_hh_l0 is missing, expected (20, 5) for lstm with I=4 H=5 O=3; found ")]
    public void Read_RefusesWhatIsMissing(string array, string? other, string message)
    {
        RequireRefusal(message, Edited(Samples.Weights<float>(Lstm, seed: 3), (name, _) => name == array ? other : name), Lstm);
    }

    [Fact]
    public void Read_RefusesOtherShapesStrangersAndWhatIsNoFiniteNumber()
    {
        var arrays = StateDict.Of(Samples.Weights<double>(Lstm, seed: 3));
        RequireRefusal("weight_ih_l0 is (20, 4), expected (20, 6) for lstm with I=6 H=5 O=3.", arrays, Lstm with { InputSize = 6 });
        RequireRefusal("weight_ih_l0 is (20, 4), expected (5, 4) for tanh with I=4 H=5 O=3.", arrays, Lstm with { Cell = RnnCell.Tanh });
        RequireRefusal("fc.weight is (3, 5), expected (2, 5) for lstm with I=4 H=5 O=2.", arrays, Lstm with { OutputSize = 2 });
        RequireRefusal("weight_ih_l0_reverse is missing, expected (20, 4)", arrays, Lstm with { Bidirectional = true });

        arrays.Get<double>("weight_hh_l0")[7, 2] = double.NaN;
        RequireRefusal("weight_hh_l0[7,2] is NaN, expected a finite number.", arrays, Lstm);

        var two = StateDict.Of(Samples.Weights<double>(Lstm with { Layers = 2 }, seed: 3));
        RequireRefusal("weight_ih_l1 is there, but is not an array of lstm with 1 layers in 1 directions.", two, Lstm);
        RequireRefusal("weight_ih_l0 is missing, expected (20, 4) for lstm with I=4 H=5 O=3; found no arrays.", new NamedArrays(), Lstm);
    }

    private static void RequireRefusal(string message, NamedArrays arrays, RnnSpec spec)
    {
        Assert.StartsWith($"arrays: {message}", Assert.Throws<InvalidDataException>(() => StateDict.Read<float>(arrays, spec)).Message, StringComparison.Ordinal);
    }

    // The arrays under other names; null for those to leave out.
    private static NamedArrays Edited(RnnWeights<float> weights, Func<string, NdArray<float>, string?> edit)
    {
        var (arrays, edited) = (StateDict.Of(weights), new NamedArrays());
        foreach (var name in arrays.Names)
        {
            if (edit(name, arrays.Get<float>(name)) is { } other)
            {
                edited.Add(other, arrays.Get<float>(name));
            }
        }

        return edited;
    }
}
