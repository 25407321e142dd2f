namespace Sluice.Proxy.Tests.Http1.Responses;

/// <summary>The table of odd responses: a backend may be broken, or hostile, too.</summary>
internal static class ResponseCases
{
    private static readonly Dictionary<string, ResponseCase> ByName = new[]
    {
        StatusLineCases.All,
        ResponseFieldCases.All,
        ResponseFramingCases.All,
        ResponseBodyCases.All,
    }.SelectMany(cases => cases).ToDictionary(oddity => oddity.Name);

    public static IReadOnlyCollection<ResponseCase> All => ByName.Values;

    public static TheoryData<string> Names => [.. ByName.Keys];

    public static ResponseCase Get(string name) => ByName[name];
}
