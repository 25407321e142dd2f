using System.Globalization;

namespace Sluice.Proxy.Tests.Http1.Fuzz;

/// <summary>How many texts a fuzz test tries: a few seconds' worth, or that many times SLUICE_FUZZ_FACTOR for a long run by hand.</summary>
internal static class FuzzBudget
{
    private static readonly int Factor = int.Parse(Environment.GetEnvironmentVariable("SLUICE_FUZZ_FACTOR") ?? "1", CultureInfo.InvariantCulture);

    public static int Texts(int usual) => usual * Factor;
}
