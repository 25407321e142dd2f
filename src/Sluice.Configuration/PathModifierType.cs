namespace Sluice.Configuration;

public enum PathModifierType
{
    ReplaceFullPath,

    /// <summary>Replaces the part that the winning entry's PathPrefix matched; the result always begins with "/" and has no "//" where the two join.</summary>
    ReplacePrefixMatch,
}
