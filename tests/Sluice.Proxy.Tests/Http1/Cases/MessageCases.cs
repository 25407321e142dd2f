namespace Sluice.Proxy.Tests.Http1.Cases;

/// <summary>The table: every malformed, ambiguous or just odd HTTP/1.1 message whose verdict is fixed.</summary>
internal static class MessageCases
{
    private static readonly Dictionary<string, MessageCase> ByName = new[]
    {
        RequestLineCases.All,
        VersionCases.All,
        TargetCases.All,
        HostCases.All,
        FieldCases.All,
        ContentLengthCases.All,
        TransferEncodingCases.All,
        ChunkCases.All,
        TrailerCases.All,
        PipelineCases.All,
        ConnectionCases.All,
        LimitCases.All,
        ForeignProtocolCases.All,
    }.SelectMany(cases => cases).ToDictionary(oddity => oddity.Name);

    public static IReadOnlyCollection<MessageCase> All => ByName.Values;

    /// <summary>For theories, whose data must be public and printable.</summary>
    public static TheoryData<string> Names => [.. ByName.Keys];

    public static MessageCase Get(string name) => ByName[name];
}
