using Google.Protobuf;
using Onnx;
using RnnCompare.Cells;
using RnnCompare.Experiments.Migration;
using RnnCompare.Experiments.OnnxModels;
using RnnCompare.Models;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Experiments.Tests.OnnxModels;

public sealed class OnnxCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, int, bool> Networks()
    {
        var data = new TheoryData<string, int, bool>();
        foreach (var cell in OnnxOperator.All.Select(row => row.Cell))
        {
            foreach (var (layers, bidirectional) in new[] { (1, false), (2, false), (1, true), (2, true) })
            {
                data.Add(cell.Name, layers, bidirectional);
            }
        }

        return data;
    }

    // The proof is part of the conversion: a model that ONNX Runtime computed otherwise would be refused.
    [Theory]
    [MemberData(nameof(Networks))]
    public void Convert_ThenCheck_Agrees(string cell, int layers, bool bidirectional)
    {
        var spec = Spec(CellTable.Named(cell), layers, bidirectional);
        var (weights, model) = Convert(spec);

        var finding = OnnxCheck.Run(model, weights, Options(spec));

        Assert.True(finding.Agrees, OnnxText.Verdict(finding));
        Assert.Equal(["h", "h", "y"], finding.Arrays.Select(array => array.Name));
    }

    [Fact]
    public void LastStep_GivesOneOutputOfEachSequence()
    {
        var spec = Spec(LstmCell.Instance, 2, bidirectional: true);
        var (weights, model) = Convert(spec, Options(spec).With("outputs", "last-step"));

        Assert.Equal(2, OnnxModelFile.Read(model).Model.Graph.Output[0].Type.TensorType.Shape.Dim.Count);
        Assert.True(OnnxCheck.Run(model, weights, Options(spec)).Agrees);
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    [InlineData("gru-last-step-batch-first")]
    [InlineData("relu-embedding")]
    [InlineData("lstm-without-bias")]
    public void WhatPyTorchWrote_Agrees(string name)
    {
        var options = name == "relu-embedding" ? PrototypeOptions.None.With("activation", "relu") : PrototypeOptions.None;

        var finding = OnnxCheck.Run(PyTorch($"{name}.onnx"), PyTorch($"{name}.npz"), options);

        Assert.True(finding.Agrees, OnnxText.Verdict(finding));
        Assert.Contains("y", finding.Arrays.Select(array => array.Name));
        Assert.True(OnnxCheck.Run(PyTorch($"{name}.onnx"), null, options).Agrees);
    }

    public static TheoryData<string, string> Mistakes() => new()
    {
        { "gru", "linear-before-reset" },
        { "gru-reset-before", "linear-before-reset" },
        { "lstm", "i, f, c, o" },
        { "lstm", "f, i, c, o" },
        { "gru", "r, z, h" },
        { "gru-reset-before", "h, r, z" },
        { "gru", "biases-swapped" },
        { "lstm", "directions-swapped" },
        { "tanh", "activation" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AMistake_IsNamed(string cell, string mistake)
    {
        var spec = Spec(CellTable.Named(cell), layers: 2, bidirectional: true);
        var (weights, path) = Convert(spec);
        Spoil(path, mistake);

        var finding = OnnxCheck.Run(path, weights, Options(spec));

        Assert.False(finding.Agrees);
        Assert.True(finding.Arrays[0].Agrees, "ONNX Runtime computes what the wrong model says");
        Assert.NotNull(finding.Mistake);
        Assert.Contains(mistake, finding.Mistake.Id + finding.Mistake.Wrong, StringComparison.Ordinal);
    }

    [Fact]
    public void AWrongNumber_IsNoKnownMistake()
    {
        var spec = Spec(LstmCell.Instance, 1, bidirectional: false);
        var (weights, path) = Convert(spec);
        Change(path, model =>
        {
            var tensor = model.Graph.Initializer.Single(tensor => tensor.Name == "R.0");
            var bytes = tensor.RawData.ToByteArray();
            BitConverter.TryWriteBytes(bytes.AsSpan(8), 0.75f);
            tensor.RawData = ByteString.CopyFrom(bytes);
        });

        var finding = OnnxCheck.Run(path, weights, Options(spec));

        Assert.False(finding.Agrees);
        Assert.Null(finding.Mistake);
        Assert.Contains("no known mistake", OnnxText.Verdict(finding), StringComparison.Ordinal);
    }

    [Fact]
    public void AGruThatPyTorchWroteWithTheOtherReset_IsNamedFromTheModelAlone()
    {
        var path = _folder.Write("gru.onnx", File.ReadAllBytes(PyTorch("gru.onnx")));
        Spoil(path, "linear-before-reset");

        var finding = OnnxCheck.Run(path, null, PrototypeOptions.None);

        Assert.False(finding.Agrees);
        Assert.Equal("linear-before-reset", finding.Mistake!.Id);
        Assert.InRange(finding.Change!.Value, 1e-3, 1);
        Assert.Contains("nn.GRU resets after the product", string.Join('\n', OnnxText.Findings(finding)), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNoSuchModel_IsRefusedInOneLine()
    {
        var spec = Spec(LstmCell.Instance, 1, bidirectional: false);
        var (weights, path) = Convert(spec);
        Assert.Contains("expected I=4", Refusal(() => OnnxCheck.Run(path, Weights(spec with { InputSize = 5 }), Options(spec))).Replace("but", "expected", StringComparison.Ordinal).Replace($"{path} has ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("is gru", Refusal(() => OnnxCheck.Run(path, Weights(spec with { Cell = GruCell.Instance }), PrototypeOptions.None)), StringComparison.Ordinal);
        Assert.Contains("there is no such file", Refusal(() => OnnxCheck.Run(_folder.At("none.onnx"), null, Options(spec))), StringComparison.Ordinal);
        Assert.Contains("no readable ONNX model", Refusal(() => OnnxCheck.Run(_folder.Write("text.onnx", "hello"), null, Options(spec))), StringComparison.Ordinal);
        Assert.Contains("has peepholes", Changed(node => node.Input.AddRange(["W.0"])), StringComparison.Ordinal);
        Assert.Contains("clips its activations", Changed(node => node.Attribute.Add(new AttributeProto { Name = "clip", F = 1 })), StringComparison.Ordinal);
        Assert.Contains("depend on the model's inputs", Changed(node => node.Input[1] = "x"), StringComparison.Ordinal);
        Assert.Contains("no operator RNN, LSTM or GRU; found MyLstm", Changed(node => node.OpType = "MyLstm"), StringComparison.Ordinal);

        string Changed(Action<NodeProto> change)
        {
            var other = _folder.Write("other.onnx", File.ReadAllBytes(path));
            Change(other, model => change(model.Graph.Node.First(node => node.OpType == "LSTM")));
            return Refusal(() => OnnxCheck.Run(other, weights, Options(spec)));
        }
    }

    private static string Refusal(Action action)
    {
        var message = Assert.Throws<InputException>(action).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static RnnSpec Spec(RecurrentCell cell, int layers, bool bidirectional) => new() { Cell = cell, InputSize = 4, HiddenSize = 5, OutputSize = 2, Layers = layers, Bidirectional = bidirectional };

    private static PrototypeOptions Options(RnnSpec spec) => PrototypeOptions.None.With("convention", "canonical").With("cell", spec.Cell.Name);

    private static string PyTorch(string name) => Path.Combine(AppContext.BaseDirectory, "OnnxModels", "pytorch", name);

    private string Weights(RnnSpec spec)
    {
        var (path, arrays) = (_folder.At($"{Guid.NewGuid():n}.npz"), new NamedArrays());
        foreach (var tensor in Samples.Weights<float>(spec, seed: 3, sigma: 0.6).Tensors)
        {
            arrays.Add(tensor.Name, tensor.Values);
        }

        ArrayFile.Write(path, arrays);
        return path;
    }

    private (string Weights, string Model) Convert(RnnSpec spec, PrototypeOptions? options = null)
    {
        var (weights, model) = (Weights(spec), _folder.At("model.onnx"));
        FileConversion.ToOnnx(weights, model, options ?? Options(spec));
        return (weights, model);
    }

    // The edit that mends a mistake makes it, too, where it is its own inverse; of a wrong order, the opposite one.
    private static void Spoil(string path, string mistake)
    {
        var file = OnnxModelFile.Read(path);
        var trace = OnnxTrace.Run(file, OnnxBatch.Draw(file));
        var row = trace.Layers[0].Operator;
        if (!mistake.Contains(',', StringComparison.Ordinal))
        {
            File.WriteAllBytes(path, OnnxEdit.For(row).First(edit => edit.Id == mistake).Apply(trace).ToByteArray());
            return;
        }

        var order = string.Concat(mistake.Split(", ").Select(letter => row.Gates[row.OwnGates.IndexOf(letter, StringComparison.Ordinal)]));
        var inverse = string.Join(", ", row.Gates.Select(gate => row.OwnGates[order.IndexOf(gate, StringComparison.Ordinal)]));
        File.WriteAllBytes(path, OnnxEdit.For(row).First(edit => edit.Id == "gate-order" && edit.Wrong.EndsWith(inverse, StringComparison.Ordinal)).Apply(trace).ToByteArray());
    }

    private static void Change(string path, Action<ModelProto> change)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        change(model);
        File.WriteAllBytes(path, model.ToByteArray());
    }
}
