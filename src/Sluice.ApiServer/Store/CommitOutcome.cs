namespace Sluice.ApiServer.Store;

/// <summary>What became of an attempt to write.</summary>
internal enum CommitOutcome
{
    Done,

    /// <summary>The object is no longer the one that was expected.</summary>
    Changed,

    /// <summary>A new object's namespace does not exist.</summary>
    NoNamespace,

    /// <summary>A new object's namespace is about to go.</summary>
    NamespaceTerminating,
}
