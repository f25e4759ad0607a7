using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Prototypes.Tests.Reading;

/// <summary>Whatever the arrays are, they are read or refused in one line; nothing else happens.</summary>
public class FuzzTests
{
    private static readonly string[] Words =
        ["Wxh", "Whh.1", "Whh.0r", "W_999", "bias", "dense/bias", "rnn.weight_hh_l0", "weight_ih_l7_reverse", "a/recurrent_kernel", "W1", "U", "s0", "c0", "lengths", "p", "dx", "dc0", "grad.x", "bhn", "ban"];

    private static readonly string[] Metas =
        ["", "null", "{}", "{\"cell\": null}", "{\"cell\": 3}", "{\"batch_first\": true}", "{\"cell\": \"gru\"}", "{\"loss\": \"squared\"}", "{\"outputs\": \"last\"}", "{\"convention\": \"row\"}"];

    [Fact]
    public void AnyArrays_AreReadOrRefused()
    {
        var random = new Random(17);
        var (read, refused) = (0, 0);
        for (var round = 0; round < 800; round++)
        {
            var convention = ConventionTable.All[random.Next(ConventionTable.All.Count)];
            var spec = new RnnSpec
            {
                Cell = CellTable.All[random.Next(CellTable.All.Count)],
                InputSize = random.Next(1, 5),
                HiddenSize = random.Next(1, 5),
                OutputSize = random.Next(1, 4),
                Loss = (LossKind)random.Next(2),
                Outputs = (OutputMode)random.Next(2),
                Layers = convention.Layers.Stacks ? random.Next(1, 3) : 1,
            };
            var arrays = PrototypeSamples.Write(convention, spec, batchSize: random.Next(1, 4)).Arrays;
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                arrays = Changed(arrays, random);
            }

            try
            {
                PrototypeReader.Read(arrays);
                read++;
            }
            catch (InvalidDataException error)
            {
                Assert.DoesNotContain('\n', error.Message);
                refused++;
            }
        }

        Assert.True(read > 60 && refused > 60, $"{read} read, {refused} refused");
    }

    private static NamedArrays Changed(NamedArrays arrays, Random random)
    {
        var name = random.Next(3) == 0 ? Words[random.Next(Words.Length)] : arrays.Names[random.Next(arrays.Count)];
        var shape = new int[random.Next(5)];
        for (var axis = 0; axis < shape.Length; axis++)
        {
            shape[axis] = random.Next(6);
        }

        switch (random.Next(6))
        {
            case 0:
                return arrays.Count > 1 ? arrays.Without(name) : arrays;
            case 1:
                return arrays.With("meta", Metas[random.Next(Metas.Length)]);
            case 2:
                return arrays.With(name, "text");
            case 3:
                return arrays.With(name, new NdArray<long>(shape));
            case 4 when arrays.TryGet(name, out var array) && array.ElementType == ElementType.Float64 && array.Shape.Length == 2:
                return arrays.With(name, arrays.Get<double>(name).Transpose());
            default:
                return arrays.With(name, new NdArray<double>(shape));
        }
    }
}
