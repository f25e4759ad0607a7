using RnnCompare.Checking.Diagnosis;
using RnnCompare.Checking.Tests.Programs;

namespace RnnCompare.Checking.Tests.Diagnosis;

/// <summary>Programs written for themselves, with the mistakes of real ones: the replay shares no line with them.</summary>
public class ProgramTests
{
    [Fact]
    public void BatchProgram_PrintsWhatItsDocumentPrinted()
    {
        var program = new BatchProgram();

        AssertDigits([-1.96168867, 0.86751548, 5.07050684, 0.13683888, 0.24913199], program.dW1[0]);
        AssertDigits([-0.70572562, -0.53948113, -0.28133053, 1.30360588, 0.15237789], program.dW2[0]);
        AssertDigits([-0.44595092, -0.0868595, -0.77449515, -0.50100593, 0.35927758], program.dhPrevious[0]);
        Assert.Equal(-3.859417642155729, program.dbh[0], 1e-14);

        static void AssertDigits(double[] printed, double[] computed) => Assert.All(printed.Zip(computed), pair => Assert.Equal(pair.First, pair.Second, 5.1e-9));
    }

    [Fact]
    public void BatchProgram_HasThreeMistakesAtOnce()
    {
        var result = Doctor.Diagnose(new BatchProgram().Prototype(withLoss: false));

        Assert.Equal(Verdict.Disagrees, result.Verdict);
        Assert.Equal(["bias-one-step-doubled", "hidden-wraps-around", "whh-not-transposed"], result.Faults.Select(fault => fault.Id).Order());
        Assert.Equal("bh and by", result.Faults.Single(fault => fault.Id == "bias-one-step-doubled").Parameters["bias"]);
        Assert.All(result.Faults, fault => Assert.Equal(2, fault.With.Count));
        Assert.All(result.Faults, fault => Assert.Empty(fault.OneOf));
    }

    [Fact]
    public void BatchProgram_HasAFourthMistakeInItsLoss()
    {
        var result = Doctor.Diagnose(new BatchProgram().Prototype(withLoss: true));

        Assert.Equal("loss-of-summed-probability", result.Faults[0].Id);
        Assert.Equal(FaultStage.Forward, result.Faults[0].Stage);
        Assert.Equal(4, result.Faults.Count);
    }

    [Fact]
    public void BatchProgram_IsToldInItsOwnNames()
    {
        var result = Doctor.Diagnose(new BatchProgram().Prototype(withLoss: false));

        var carry = result.Faults.Single(fault => fault.Id == "whh-not-transposed");
        Assert.Equal("dhNext = dz[t]·W2", carry.Wrong);
        Assert.Equal("dhNext = dz[t]·W2ᵀ", carry.Right);
        Assert.Equal(["dbh", "dh0", "dW2", "dW1"], carry.Tensors);
        var text = DiagnosisText.Render("The program", result);
        Assert.StartsWith("The program disagrees: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Whh", text, StringComparison.Ordinal);
    }

    [Fact]
    public void IdentityProgram_DropsTheCarryOrAddsItFromTheSameStep()
    {
        var result = Doctor.Diagnose(IdentityProgram.Run(rightIndex: false));

        var fault = Assert.Single(result.Faults);
        Assert.Contains("carry-dropped", fault.OneOf.Append(fault.Id));
        Assert.Contains("delta-same-step", fault.OneOf.Append(fault.Id));
        Assert.Equal(["dWhy", "dby"], result.Tensors.Where(tensor => tensor.Agrees).Select(tensor => tensor.Name));
    }

    [Fact]
    public void IdentityProgram_WithTheRightIndexAgrees()
    {
        Assert.Equal(Verdict.Agrees, Doctor.Diagnose(IdentityProgram.Run(rightIndex: true)).Verdict);
    }

    [Fact]
    public void SentimentProgram_IsNamedAtWeightsOfAThousandth()
    {
        var result = Doctor.Diagnose(SentimentProgram.Run(transposed: false));

        // gradcheck's tolerances see nothing here: the mistake is small, but far above rounding.
        Assert.All(result.Tensors, tensor => Assert.True(tensor.MaxAbs < 1e-5));
        Assert.Equal("whh-not-transposed", Assert.Single(result.Faults).Id);
        Assert.Equal(Verdict.Agrees, Doctor.Diagnose(SentimentProgram.Run(transposed: true)).Verdict);
    }

    [Theory]
    [InlineData("assigned", "cell-gradient-assigned")]
    [InlineData("forget", "cell-carry-without-forget")]
    [InlineData("tanh", "cell-tanh-missing")]
    [InlineData("copied", "gate-copy-paste")]
    public void LstmProgram_IsNamedInFloat32(string mistake, string id)
    {
        var fault = Assert.Single(Doctor.Diagnose(LstmProgram.Run(mistake)).Faults);

        Assert.Contains(id, fault.OneOf.Append(fault.Id));
    }

    [Fact]
    public void PaddedProgram_WithoutMistakeAgrees() => Assert.Equal(Verdict.Agrees, Doctor.Diagnose(PaddedProgram.Run()).Verdict);

    [Fact]
    public void PaddedProgram_CountsItsPaddingInTheErrorsAlone()
    {
        var fault = Assert.Single(Doctor.Diagnose(PaddedProgram.Run(countsPadding: true)).Faults);

        Assert.Equal(("padding-counted", "dy"), (fault.Id, fault.Parameters["where"]));
    }

    [Fact]
    public void PaddedProgram_RollsItsTargetsOverThePadding()
    {
        var fault = Assert.Single(Doctor.Diagnose(PaddedProgram.Run(rolls: true)).Faults);

        Assert.Equal(("target-off-by-one", "rolls over the padding"), (fault.Id, fault.Parameters["end"]));
    }

    [Fact]
    public void LstmProgram_WithoutMistakeAgrees()
    {
        var result = Doctor.Diagnose(LstmProgram.Run("none"));

        Assert.Equal(Verdict.Agrees, result.Verdict);
        Assert.Empty(result.Faults);
        Assert.Contains(result.BlindTo, spot => spot is { Id: "bias-batch-not-summed", Reason: "the batch has one sequence" });
    }
}
