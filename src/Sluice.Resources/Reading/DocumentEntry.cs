namespace Sluice.Resources.Reading;

/// <summary>
/// What a <see cref="ManifestFile"/> remembers of one document: its text's hash, and where its results end in the file's
/// lists. There is one for every document, so it is kept to 32 bytes.
/// </summary>
internal readonly struct DocumentEntry(UInt128 hash, int firstLine, int objectEnd, int diagnosticEnd, int failedEnd, bool isBroken)
{
    private readonly ulong _hashHigh = (ulong)(hash >> 64);
    private readonly ulong _hashLow = (ulong)hash;
    private readonly int _failedEnd = isBroken ? ~failedEnd : failedEnd;

    public UInt128 Hash => new(_hashHigh, _hashLow);

    public int FirstLine { get; } = firstLine;

    public int ObjectEnd { get; } = objectEnd;

    public int DiagnosticEnd { get; } = diagnosticEnd;

    public int FailedEnd => _failedEnd < 0 ? ~_failedEnd : _failedEnd;

    /// <summary>The text could not be parsed.</summary>
    public bool IsBroken => _failedEnd < 0;
}
