using RnnCompare.Checking.Diagnosis;
using RnnCompare.Checking.Tests.Programs;

namespace RnnCompare.Checking.Tests.Diagnosis;

/// <summary>Programs of a cell that only its equations name: nothing of it stands in a list of mistakes.</summary>
public class OwnCellTests
{
    [Fact]
    public void RightProgram_Agrees()
    {
        var result = Doctor.Diagnose(MinimalGatedProgram.Run());

        Assert.True(result.Verdict == Verdict.Agrees, DiagnosisText.Render("the program", result));
    }

    [Fact]
    public void Slip_IsToldInTheCellsOwnNames()
    {
        var fault = Assert.Single(Doctor.Diagnose(MinimalGatedProgram.Run(keepsGate: true)).Faults);

        Assert.Equal("df", fault.Parameters[NamedFault.StatementKey]);
        Assert.DoesNotContain("n − h[t-1]", fault.Wrong, StringComparison.Ordinal);
        Assert.Contains("n − h[t-1]", fault.Right, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoSlips_AreBothFound()
    {
        var faults = Doctor.Diagnose(MinimalGatedProgram.Run(keepsGate: true, assigns: true)).Faults;

        Assert.Equal(["dWhn", "df"], faults.Select(fault => fault.Parameters[NamedFault.StatementKey]).Order(StringComparer.Ordinal));
    }
}
