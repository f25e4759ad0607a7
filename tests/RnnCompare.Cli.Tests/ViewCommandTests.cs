namespace RnnCompare.Cli.Tests;

public sealed class ViewCommandTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("http")]
    public void Port_OutOfRangeIsRefused(string port)
    {
        CommandRun.Of("view", AppContext.BaseDirectory, "--port", port).RequireRefusal($"--port {port}: expected a whole number in 1..65535.");
    }

    [Fact]
    public void Folder_WithoutRunsIsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;
        CommandRun.Of("view", folder).RequireRefusal($"{folder}: there is no run in it or below; rnncompare run makes one.");
        Directory.Delete(folder);
        CommandRun.Of("view", folder).RequireRefusal($"{folder}: there is no such folder.");
    }
}
