using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>What a page of differences is about.</summary>
/// <param name="FileName">Below docs/reference.</param>
/// <param name="Introduction">Everything before the first class.</param>
/// <param name="Notes">What is said by hand about a class.</param>
/// <param name="Rows">The messages that are compared.</param>
internal sealed record DifferencesPage(string FileName, string Introduction, Func<string, string> Notes, IReadOnlyList<DifferencesRow> Rows)
{
    public string FilePath => Path.Combine(Repository.Root, "docs", "reference", FileName);
}
