# The application with its locked packages, run by an account that owns nothing but var/. See compose.yaml.
FROM python:3.11-slim-bookworm
RUN useradd --system --home-dir /opt/reaffirmed --shell /usr/sbin/nologin reaffirmed
WORKDIR /opt/reaffirmed
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
RUN mkdir -p var && ENV_FILE=/dev/null PROFILE=local SECRET_KEY=only-while-building python manage.py collectstatic --noinput --verbosity 0 && chown -R reaffirmed var
USER reaffirmed
ENV GUNICORN_BIND=0.0.0.0:8000
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["python", "-m", "gunicorn", "-c", "deploy/gunicorn.py", "config.wsgi"]
