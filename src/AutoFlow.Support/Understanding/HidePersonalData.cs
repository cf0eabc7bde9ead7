namespace AutoFlow.Support.Understanding;

/// <summary>Takes personal data out of a text before it leaves for a model in the cloud. Pure; what remains still says what the customer wants.</summary>
public delegate string HidePersonalData(string text);
