using RnnCompare.Cli.Commands;

namespace RnnCompare.Cli.Tests.Programs;

/// <summary>
/// What small NumPy programs saved, as people write and name things, checked without a single option. The programs stand beside the
/// files, in <c>numpy</c>; behind a hyphen in a file's name is the slip that was typed into its program.
/// </summary>
public class SavedProgramsTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Programs", "saved");

    public static TheoryData<string> Right()
    {
        return [.. Directory.GetFiles(Folder, "*.npz").Select(path => Path.GetFileNameWithoutExtension(path)!).Where(name => !name.Contains('-', StringComparison.Ordinal) && name != "misspelt").Order()];
    }

    [Theory]
    [MemberData(nameof(Right))]
    public void RightGradients_AgreeWithoutAnOption(string program)
    {
        var run = Check(program);
        Assert.True(run.Code == ExitCodes.Success, $"{program}: {run.Output}{run.Error}");
        Assert.Contains("the gradients of all weights among them", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("batched_lstm-candidate_slope", "gate-derivative-missing")]
    [InlineData("captioning_lstm-cell_not_carried", "cell-carry-dropped")]
    [InlineData("captioning_lstm-embedding_overwritten", "repeated-tokens-overwritten")]
    [InlineData("char_rnn-own_state", "hidden-same-step")]
    [InlineData("dict_lstm-output_gate_slope", "gate-derivative-missing")]
    [InlineData("gru_joined-update_gate_sign", "gru-update-inverted")]
    [InlineData("gru_library-not_averaged", "scaled-by-batch")]
    [InlineData("guarded-not_transposed", "whh-not-transposed")]
    [InlineData("layers_rnn-not_transposed", "whh-not-transposed")]
    [InlineData("notebook_rnn-no_tanh_derivative", "activation-derivative-missing")]
    [InlineData("object_lstm-bias_assigned", "bias-last-step-only")]
    [InlineData("stacked_gates-own_state", "hidden-same-step")]
    [InlineData("time_layers_lstm-one_step_bias", "bias-last-step-only")]
    [InlineData("updated_weights-not_carried", "carry-dropped")]
    [InlineData("weight_decay-bias_of_last_step", "bias-last-step-only")]
    [InlineData("word_rnn-truncated", "truncated-at-k")]
    public void Slip_IsNamed(string file, string mistake)
    {
        var run = Check(file);
        Assert.True(run.Code == ExitCodes.Finding, $"{file}: {run.Output}{run.Error}");
        Assert.Contains(mistake, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bidirectional-wrong_half", "dWxh_b, dWhh_b, dbh_b")]
    [InlineData("gru_columns-reset_forgotten", "dUr, dUz, dUh")]
    [InlineData("ignored_labels-padding_counts", "Why_grad, by_grad")]
    [InlineData("last_step_regression-recurrent_last_missing", "gW_rec")]
    [InlineData("notebook_lstm-forget_uses_new_cell", "dbf")]
    [InlineData("stacked_lstm-assigned", "l0.grad.W (h part)")]
    [InlineData("stacked_rnn-lower_not_carried", "delta_Wh1")]
    [InlineData("time_layers_gru-no_factor_two", "dW_out")]
    [InlineData("time_layers_gru-reset_path_missing", "dWh")]
    public void OtherSlip_IsFoundInTheUsersNames(string file, string arrays)
    {
        var run = Check(file);
        Assert.True(run.Code == ExitCodes.Finding, $"{file}: {run.Output}{run.Error}");
        Assert.Contains(" wrong (", run.Output, StringComparison.Ordinal);
        Assert.Contains(arrays, run.Output.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void EverySavedFile_IsTested()
    {
        var tested = typeof(SavedProgramsTests).GetMethods()
            .SelectMany(method => method.GetCustomAttributes(typeof(InlineDataAttribute), inherit: false))
            .Select(data => (string)((InlineDataAttribute)data).Data[0]!)
            .Concat(Right().Select(row => row.Data))
            .ToHashSet();
        tested.UnionWith(["misspelt", "nothing_but_gradients-averaged"]);
        Assert.Equal(Directory.GetFiles(Folder, "*.npz").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(), tested.Order());
    }

    [Fact]
    public void MisspeltGradient_IsRefusedAndNeverPassedOver()
    {
        Check("misspelt").RequireRefusal("dWhhh looks like a gradient, but nothing was read under that name; if it belongs to Whh, call it dWhh, or leave it out with --ignore dWhhh.");
        var run = Check("misspelt", "--ignore", "dWhhh");
        Assert.Equal(ExitCodes.Success, run.Code);
        Assert.Contains("2 of 3 gradients of weights were there to check", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatNothingTells_IsAskedInOneQuestion()
    {
        Check("nothing_but_gradients-averaged").RequireRefusal("leaves open whether the reset comes before or after the product (");
    }

    [Fact]
    public void Reading_IsExplained()
    {
        var run = Check("captioning_lstm", "--explain-reading");
        Assert.Contains("Read as lstm, one matrix for all gates, x·W; gates i, f, o, g; captions_in looked up in W_embed;", run.Output, StringComparison.Ordinal);
        Assert.Contains("summed over time and averaged over the batch", run.Output, StringComparison.Ordinal);
        Assert.Contains("Other readings, and how far off they are:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Residue_IsToldAndOnlyStrictlyAFinding()
    {
        var run = Check("guarded");
        Assert.Contains("an epsilon, or float32 somewhere?", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Finding, Check("guarded", "--strict").Code);
    }

    private static CommandRun Check(string file, params string[] options) => CommandRun.Of(["check", Path.Combine(Folder, file + ".npz"), .. options]);
}
