namespace Sluice.ApiServer.Persistence;

/// <summary>A folder for objects that cannot be used. The message names the file and what to do.</summary>
public sealed class DataFolderException(string message, Exception? inner = null) : Exception(message, inner);
