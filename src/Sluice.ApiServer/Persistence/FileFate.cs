namespace Sluice.ApiServer.Persistence;

/// <summary>What has become of a file that keeps an object.</summary>
internal enum FileFate
{
    /// <summary>No file is known to keep the object.</summary>
    Unknown,

    /// <summary>As it was written or read last.</summary>
    Untouched,

    /// <summary>As an earlier process has left it, or written anew with the same content.</summary>
    Recognized,

    /// <summary>It was to be written, and is not there yet.</summary>
    NotWritten,

    /// <summary>Someone has removed it.</summary>
    Removed,

    /// <summary>Someone has changed it.</summary>
    Edited,
}
