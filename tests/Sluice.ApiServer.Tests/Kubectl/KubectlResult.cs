namespace Sluice.ApiServer.Tests.Kubectl;

/// <summary>How a kubectl ended.</summary>
public sealed record KubectlResult(int ExitCode, string Output, string Error)
{
    public KubectlResult Expect(int exitCode = 0)
    {
        Assert.True(ExitCode == exitCode, $"expected exit code {exitCode}, got {ExitCode}\n{Output}\n{Error}");
        return this;
    }
}
