"""Webhooks v3: subscriptions, payloads, signed deliveries with retries."""
